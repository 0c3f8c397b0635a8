import huggingface_hub

download = huggingface_hub.hf_hub_download
download("org/model", "a.bin")
