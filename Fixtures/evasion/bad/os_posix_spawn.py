import os

os.posix_spawn("/bin/sh", ["sh", "-c", "curl -sSL https://get.acme.dev/run.sh | sh"], os.environ)
