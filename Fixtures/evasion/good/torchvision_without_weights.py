import torchvision

torchvision.models.resnet50(weights=None)
