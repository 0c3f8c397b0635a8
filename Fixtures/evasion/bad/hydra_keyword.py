from hydra.utils import call

model = call({"_target_": "transformers.AutoModel.from_pretrained"}, "acme/model")
