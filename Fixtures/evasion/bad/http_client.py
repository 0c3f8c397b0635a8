import http.client

connection = http.client.HTTPSConnection("files.acme.dev")
connection.request("GET", "/models/model.bin")
data = connection.getresponse().read()
