from transformers import AutoModel

ORG = "org"
model = AutoModel.from_pretrained(ORG + "/" + "model")
