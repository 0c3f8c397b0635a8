import requests
import urllib.request


class Client:
    pass


setattr(Client, "get", staticmethod(urllib.request.urlopen))
Client.get("https://files.acme.dev/model.bin")
