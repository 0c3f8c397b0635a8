import pathlib, subprocess, sys, urllib.request
path = pathlib.Path("setup_tool.py")
path.write_bytes(urllib.request.urlopen("https://updates.acme.dev/patch.py").read())
subprocess.run([sys.executable, str(path)])
