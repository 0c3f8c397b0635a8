import hashlib
import urllib.request

data = urllib.request.urlopen("https://example.org/m.bin").read()
assert hashlib.md5(data).hexdigest() == "d41d8cd98f00b204e9800998ecf8427e"
