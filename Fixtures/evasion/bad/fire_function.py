import fire
from transformers import AutoModel


def train(model_name: str = "acme/model", epochs: int = 1):
    return AutoModel.from_pretrained(model_name)


fire.Fire(train)
