import os

from transformers import AutoModel

os.environ["HF_HUB_OFFLINE"] = "1"
AutoModel.from_pretrained("org/model")
