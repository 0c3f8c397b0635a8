from transformers import AutoModel

AutoModel.from_pretrained("C:\\models\\encoder")
