from huggingface_hub import snapshot_download

NAME = None


def choose():
    global NAME
    NAME = "org/model"


choose()
snapshot_download(NAME)
