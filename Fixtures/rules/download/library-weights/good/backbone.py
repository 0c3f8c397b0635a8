import timm
import lpips
import torch
import torchvision

model = torch.hub.load("acme/hub:0123456789abcdef0123456789abcdef01234567", "resnet")
local = torch.hub.load("./hub", "resnet", source="local")
backbone = timm.create_model("vit_base_patch16_224", pretrained=False)
detector = torchvision.models.resnet50(weights=None)
corpus = torchvision.datasets.CIFAR10("data", download=False)
state = torch.load("weights.pth", weights_only=True)
untrained = lpips.LPIPS(net="alex", pnet_rand=True)
