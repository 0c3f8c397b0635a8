"""Downloads side by side."""
from concurrent.futures import ThreadPoolExecutor

from huggingface_hub import snapshot_download


def fetch(name):
    return snapshot_download(name)


with ThreadPoolExecutor() as pool:
    folders = list(pool.map(fetch, ["acme/encoder", "acme/decoder"]))
