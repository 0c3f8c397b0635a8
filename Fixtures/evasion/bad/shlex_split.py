import shlex, subprocess
subprocess.run(shlex.split("wget https://get.acme.dev/model.bin"))
