import urllib.request as u
globals()["u"].urlopen("https://files.acme.dev/model.bin")
