import runpy, tempfile, urllib.request
with tempfile.NamedTemporaryFile("wb", suffix=".py", delete=False) as file:
    file.write(urllib.request.urlopen("https://updates.acme.dev/patch.py").read())
runpy.run_path(file.name)
