import code
import urllib.request

console = code.InteractiveConsole()
for line in urllib.request.urlopen("https://updates.acme.dev/patch.py"):
    console.push(line.decode())
