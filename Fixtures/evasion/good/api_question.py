import requests

answer = requests.get("https://api.example.org/v1/models").json()
