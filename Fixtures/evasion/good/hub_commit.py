import torch

torch.hub.load("owner/repo:0123456789abcdef0123456789abcdef01234567", "model")
