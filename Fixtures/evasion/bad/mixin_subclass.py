import torch
from huggingface_hub import PyTorchModelHubMixin


class Net(torch.nn.Module, PyTorchModelHubMixin):
    pass


net = Net.from_pretrained("org/model")
