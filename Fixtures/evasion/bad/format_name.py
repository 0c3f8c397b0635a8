from transformers import AutoModel

model = AutoModel.from_pretrained("{}/{}".format("org", "model"))
