"""Functions that are called with what is fixed, or fetch nothing."""
from concurrent.futures import ThreadPoolExecutor

from huggingface_hub import snapshot_download


def fetch(name):
    return snapshot_download(name, revision="0123456789abcdef0123456789abcdef01234567")


def size(path):
    return len(path)


with ThreadPoolExecutor() as pool:
    folders = list(pool.map(fetch, ["acme/encoder", "acme/decoder"]))
    sizes = sorted(folders, key=size)
