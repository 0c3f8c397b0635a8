import requests
get = requests.Session().get
get("https://files.acme.dev/model.bin")
