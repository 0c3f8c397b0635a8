settings = {"url": "https://example.org"}
url = settings.get("url")
