import os
import pty
import subprocess

os.posix_spawn("/bin/ls", ["ls"], os.environ)
pty.spawn(["python", "train.py"])
subprocess.getoutput("git rev-parse HEAD")
os.spawnlp(os.P_WAIT, "nvidia-smi", "nvidia-smi")
