import urllib.request


def apply(function, *arguments):
    return function(*arguments)


apply(urllib.request.urlretrieve, "https://files.acme.dev/model.bin", "model.bin")
