from transformers import AutoModel


def load(path):
    return AutoModel.from_pretrained(path)


load("./model")
