from transformers import AutoConfig

config = AutoConfig.for_model("bert")
config.save_pretrained("out")
