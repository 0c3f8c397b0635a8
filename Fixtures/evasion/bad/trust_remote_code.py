from transformers import AutoModel

AutoModel.from_pretrained("org/model", trust_remote_code=True)
