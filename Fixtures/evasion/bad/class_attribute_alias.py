import requests


class Net:
    get = staticmethod(requests.get)


open("m.bin", "wb").write(Net.get("https://example.org/m.bin").content)
