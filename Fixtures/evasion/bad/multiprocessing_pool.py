import multiprocessing
import urllib.request

with multiprocessing.Pool(2) as pool:
    pool.starmap(urllib.request.urlretrieve, [("https://files.acme.dev/a.bin", "a.bin")])
