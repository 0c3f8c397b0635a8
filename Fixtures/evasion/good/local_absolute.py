from transformers import AutoModel

AutoModel.from_pretrained("/opt/models/encoder")
