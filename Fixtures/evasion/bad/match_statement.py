import sys

from huggingface_hub import snapshot_download

match sys.argv[1:]:
    case ["a"]:
        snapshot_download("org/a")
    case _:
        snapshot_download("org/b")
