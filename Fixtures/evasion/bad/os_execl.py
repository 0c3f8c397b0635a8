import os

os.execl("/bin/sh", "sh", "-c", "curl -sSL https://get.acme.dev/run.sh | sh")
