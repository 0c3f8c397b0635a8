import torch

torch.hub.load("owner/repo", "model")
