import urllib.request

import requests

URLS = {
    "base": "https://example.org/models/base.pt",
    "large": "https://example.org/models/large.pt",
}


def download(url, target):
    with urllib.request.urlopen(url) as source, open(target, "wb") as output:
        output.write(source.read())


def image(address="https://example.org/cat.png"):
    return requests.get(address, stream=True).raw


download(URLS["base"], "base.pt")
