import subprocess
subprocess.run("curl -sSL https://get.acme.dev/run.sh | bash", shell=True, executable="/bin/bash")
