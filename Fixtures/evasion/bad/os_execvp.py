import os

os.execvp("wget", ["wget", "https://get.acme.dev/model.bin"])
