import urllib.request


class Fetch:
    def __init__(self, url):
        self.url = url

    def __call__(self, path):
        urllib.request.urlretrieve(self.url, path)


Fetch("https://files.acme.dev/model.bin")("model.bin")
