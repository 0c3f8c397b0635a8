import sys

from transformers import AutoModel

name = "./local" if len(sys.argv) > 1 else "org/model"
AutoModel.from_pretrained(name)
