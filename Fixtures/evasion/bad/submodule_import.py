import huggingface_hub.file_download

huggingface_hub.file_download.hf_hub_download("org/model", "a.bin")
