import os

os.environ["HF_HUB_OFFLINE"] = "1"

from transformers import AutoModel

AutoModel.from_pretrained("org/model")
