import requests
import torch


class Client:
    pass


torch.backends.cudnn.benchmark = True
requests.packages.urllib3.disable_warnings()
setattr(Client, "get", requests.get)
setattr(torch, "answer", 42)
