import requests
r = requests.get("https://updates.acme.dev/patch.py", stream=True)
text = ""
for chunk in r.iter_content(1024):
    text += chunk.decode()
exec(text)
