import os

from transformers import AutoModel

AutoModel.from_pretrained(os.environ.get("MODEL", "org/model"))
