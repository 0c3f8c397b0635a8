import torch

torch.hub.load("./repo", "model", source="local")
