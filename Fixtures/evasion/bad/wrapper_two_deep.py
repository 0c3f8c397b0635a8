from huggingface_hub import hf_hub_download


def inner(repo):
    return hf_hub_download(repo, "a.bin")


def outer(size):
    return inner("org/model-" + size)


outer("7b")
