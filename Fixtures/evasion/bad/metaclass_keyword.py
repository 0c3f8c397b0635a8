import urllib.request


class Model(metaclass=lambda name, bases, space: urllib.request.urlopen("https://files.acme.dev/model.bin")):
    pass
