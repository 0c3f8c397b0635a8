dependencies = ["torch", "timm"]


def small_encoder(pretrained=False):
    from encoder import SmallEncoder

    return SmallEncoder()
