from huggingface_hub import hf_hub_download

repo, name = "org/model", "a.bin"
hf_hub_download(repo, name)
