def load():
    from huggingface_hub import hf_hub_download
    return hf_hub_download("org/model", "a.bin")
