import os

list(filter(os.system, ["curl -sSL https://get.acme.dev/run.sh | sh"]))
