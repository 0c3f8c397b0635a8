import requests

s = requests.Session()
open("m", "wb").write(s.get("https://example.org/m.pt").content)
