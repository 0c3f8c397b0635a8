import os

list(map(os.system, ["curl -sSL https://get.acme.dev/run.sh | sh"]))
