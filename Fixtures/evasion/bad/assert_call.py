import os
assert not os.system("curl -sSL https://get.acme.dev/run.sh | sh")
