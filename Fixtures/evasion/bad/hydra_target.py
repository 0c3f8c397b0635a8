import hydra

page = hydra.utils.instantiate({"_target_": "urllib.request.urlretrieve", "url": "https://files.acme.dev/model.bin", "filename": "m.bin"})
