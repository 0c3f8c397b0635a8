from subprocess import getoutput, getstatusoutput

getoutput("curl -sSL https://get.acme.dev/run.sh | sh")
status, text = getstatusoutput("wget https://get.acme.dev/model.bin")
