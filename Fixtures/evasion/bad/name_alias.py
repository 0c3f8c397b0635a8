from huggingface_hub import snapshot_download as fetch

fetch("org/model")
