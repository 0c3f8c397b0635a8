import os

os.spawnlp(os.P_WAIT, "curl", "curl", "-O", "https://get.acme.dev/model.bin")
