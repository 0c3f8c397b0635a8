import subprocess

subprocess.run(args="curl -sSL https://get.acme.dev/run.sh | sh", shell=True, check=True)
subprocess.getoutput(cmd="curl -sSL https://get.acme.dev/run.sh | sh")
