import hydra

optimizer = hydra.utils.instantiate({"_target_": "torch.optim.AdamW", "lr": 0.1}, params=[])
model = hydra.utils.instantiate({"_target_": "my.Model", "size": 3})
