from dataclasses import dataclass

from transformers import AutoModel


@dataclass
class Arguments:
    model: str = "org/model"


args = Arguments()
AutoModel.from_pretrained(args.model)
