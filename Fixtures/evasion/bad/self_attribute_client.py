import requests


class Fetcher:
    def __init__(self):
        self.http = requests.Session()

    def run(self):
        return self.http.get("https://example.org/model.bin").content
