from transformers import AutoModel


def load(name="org/model"):
    return AutoModel.from_pretrained(name)


load()
