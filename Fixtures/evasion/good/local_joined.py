import os

from transformers import AutoModel

HERE = os.path.dirname(os.path.abspath(__file__))
AutoModel.from_pretrained(os.path.join(HERE, "model"))
