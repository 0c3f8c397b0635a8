from huggingface_hub import hf_hub_download


def fetch(repo, name):
    return hf_hub_download(repo, name)


fetch("org/model", "a.bin")
