from transformers import AutoModel

model = AutoModel.from_pretrained("/".join(["org", "model"]))
