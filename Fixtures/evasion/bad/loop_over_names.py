from huggingface_hub import snapshot_download

for name in ["org/a", "org/b"]:
    snapshot_download(name)
