from kernels import get_kernel

get_kernel("org/kernel")
