import huggingface_hub as hub

hub.hf_hub_download(repo_id="org/model", filename="model.bin")
