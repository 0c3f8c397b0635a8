import urllib.request

page = (lambda f: f("https://files.acme.dev/model.bin"))(urllib.request.urlopen)
