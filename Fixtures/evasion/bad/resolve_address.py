import urllib.request

urllib.request.urlretrieve(
    "https://huggingface.co/org/model/resolve/main/model.bin", "model.bin")
