from sentence_transformers import SentenceTransformer
from transformers import AutoModel, AutoTokenizer, pipeline


class Encoder:
    base_name = "acme/encoder-base"

    def __init__(self, name=None):
        self.tokenizer = AutoTokenizer.from_pretrained(self.base_name)
        self.model = AutoModel.from_pretrained(name or "acme/encoder-large", revision="v1.0")


classifier = pipeline("text-classification", model="acme/classifier")
retriever = SentenceTransformer("all-MiniLM-L6-v2")
