from transformers import AutoModel

REVISION = "0123456789abcdef0123456789abcdef01234567"
AutoModel.from_pretrained("org/model", revision=REVISION)
