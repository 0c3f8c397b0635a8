import http.client
import json

connection = http.client.HTTPConnection("localhost", 8000)
connection.request("POST", "/generate", json.dumps({"inputs": "hi"}))
print(json.loads(connection.getresponse().read()))
