import fire
from transformers import AutoModel


def train(model_path: str = "./model"):
    return AutoModel.from_pretrained(model_path)


fire.Fire(train)
