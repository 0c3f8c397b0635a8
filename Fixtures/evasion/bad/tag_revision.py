from transformers import AutoModel

AutoModel.from_pretrained("org/model", revision="v1.0")
