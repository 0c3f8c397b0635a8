from transformers import AutoModel

size = "7b"
model = AutoModel.from_pretrained(f"org/model-{size}")
