import functools
import urllib.request


@functools.partial(urllib.request.urlretrieve, "https://files.acme.dev/model.bin")
def destination():
    return "model.bin"
