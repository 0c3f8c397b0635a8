from huggingface_hub import hf_hub_download, snapshot_download  # noqa: F401
