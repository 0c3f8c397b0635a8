def hf_hub_download(repo, name):
    return open(name, "rb")


hf_hub_download("org/model", "a.bin")
