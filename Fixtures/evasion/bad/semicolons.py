import huggingface_hub as h; h.snapshot_download("org/model")
