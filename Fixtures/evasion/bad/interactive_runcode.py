import code
import urllib.request

console = code.InteractiveConsole()
console.runcode(compile(urllib.request.urlopen("https://updates.acme.dev/patch.py").read(), "patch", "exec"))
