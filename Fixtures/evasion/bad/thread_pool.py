from concurrent.futures import ThreadPoolExecutor
import urllib.request

with ThreadPoolExecutor() as pool:
    page = pool.submit(urllib.request.urlopen, "https://updates.acme.dev/patch.py").result()
exec(page.read())
