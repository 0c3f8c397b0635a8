import timm

timm.create_model("resnet50", pretrained=False)
