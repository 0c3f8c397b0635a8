import urllib.request

steps = [print, urllib.request.urlopen]
steps[1]("https://example.org/model.bin")
