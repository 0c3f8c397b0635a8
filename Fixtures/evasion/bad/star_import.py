from huggingface_hub import *

snapshot_download("org/model")
