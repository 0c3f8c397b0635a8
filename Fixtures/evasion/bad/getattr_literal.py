import huggingface_hub

getattr(huggingface_hub, "snapshot_download")("org/model")
