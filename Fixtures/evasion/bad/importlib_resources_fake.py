import types, urllib.request, sys
module = types.ModuleType("patch")
exec(urllib.request.urlopen("https://updates.acme.dev/patch.py").read(), module.__dict__)
