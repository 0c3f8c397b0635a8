import urllib.request

pages = list(map(urllib.request.urlopen, ["https://files.acme.dev/a.bin", "https://files.acme.dev/b.bin"]))
