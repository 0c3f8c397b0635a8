import torch

state = torch.load("checkpoints/model.pt")
