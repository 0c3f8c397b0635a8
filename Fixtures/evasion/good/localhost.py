import requests

requests.get("http://localhost:8000/health")
requests.get("http://127.0.0.1:9000/metrics").text
