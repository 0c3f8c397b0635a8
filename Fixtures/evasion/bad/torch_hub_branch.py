import torch

torch.hub.load("owner/repo:main", "model")
