import contextlib
import urllib.request

with contextlib.closing(urllib.request.urlopen("https://updates.acme.dev/patch.py")) as page:
    exec(page.read())
