from transformers import AutoConfig, AutoModel

AutoModel.from_config(AutoConfig.for_model("bert"))
