from huggingface_hub import snapshot_download

folders = [snapshot_download(name) for name in ("org/a", "org/b")]
