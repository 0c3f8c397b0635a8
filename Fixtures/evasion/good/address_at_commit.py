import urllib.request

urllib.request.urlretrieve(
    "https://huggingface.co/org/model/resolve/0123456789abcdef0123456789abcdef01234567/m.bin", "m.bin")
