import os

os.spawnv(mode=os.P_NOWAIT, file="/usr/bin/curl", args=["curl", "-O", "https://get.acme.dev/model.bin"])
