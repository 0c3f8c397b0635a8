import urllib.request
def outer(fetch=urllib.request.urlopen):
    def inner(url):
        return fetch(url)
    return inner
outer()("https://files.acme.dev/model.bin")
