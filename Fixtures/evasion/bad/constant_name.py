from transformers import AutoModel

MODEL = "org/model"
model = AutoModel.from_pretrained(MODEL)
