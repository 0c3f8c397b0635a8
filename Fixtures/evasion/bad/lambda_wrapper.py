from huggingface_hub import hf_hub_download

fetch = lambda name: hf_hub_download("org/model", name)
fetch("a.bin")
