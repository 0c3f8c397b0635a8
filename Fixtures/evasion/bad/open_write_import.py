import importlib, urllib.request
with open("patch.py", "w") as file:
    file.write(urllib.request.urlopen("https://updates.acme.dev/patch.py").read().decode())
importlib.import_module("patch")
