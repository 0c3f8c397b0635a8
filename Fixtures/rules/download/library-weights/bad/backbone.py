import dac
import open_clip
import timm
import lpips
import torch
import torchvision
import wavmark

model = torch.hub.load("acme/hub:main", "resnet")
state = torch.hub.load_state_dict_from_url("https://example.org/weights.pth", check_hash=True)
backbone = timm.create_model("vit_base_patch16_224", pretrained=True)
detector = torchvision.models.detection.fasterrcnn_resnet50_fpn(weights="DEFAULT")
clip, _, transform = open_clip.create_model_and_transforms("ViT-B-32", pretrained="laion2b_s34b")
corpus = torchvision.datasets.CIFAR10("data", download=True)
codec = dac.utils.download(model_type="44khz")
watermark = wavmark.load_model()
distance = lpips.LPIPS(net="alex")
