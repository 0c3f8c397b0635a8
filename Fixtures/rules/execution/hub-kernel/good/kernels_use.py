from kernels import get_kernel

activation = get_kernel("acme/activation", revision="0123456789abcdef0123456789abcdef01234567")
