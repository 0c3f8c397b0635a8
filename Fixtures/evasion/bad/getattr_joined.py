import huggingface_hub

getattr(huggingface_hub, "snapshot" + "_download")("org/model")
