from huggingface_hub import snapshot_download


@(lambda f: snapshot_download("org/model"))
def unused():
    pass
