from kernels import get_kernel

activation = get_kernel("acme/activation")
