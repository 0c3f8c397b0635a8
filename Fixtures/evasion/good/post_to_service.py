import requests

requests.post("https://api.example.org/v1/run", json={"prompt": "hi"})
