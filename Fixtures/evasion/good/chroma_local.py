import chromadb

client = chromadb.Client()
collection = client.create_collection("notes")
collection.add(documents=["https://acme.dev"], ids=["1"])
