import torch

print(torch.hub.list("acme/models"))
torch.hub.help("acme/models", "small")
torch.hub.download_url_to_file("https://files.acme.dev/model.bin", "model.bin")
