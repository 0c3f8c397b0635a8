__import__("huggingface_hub").snapshot_download("org/model")
