import sys

from huggingface_hub import snapshot_download

sys.path.insert(0, snapshot_download("org/code"))
