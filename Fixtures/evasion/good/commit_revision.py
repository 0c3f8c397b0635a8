from huggingface_hub import hf_hub_download

hf_hub_download("org/model", "a.bin", revision="0123456789abcdef0123456789abcdef01234567")
