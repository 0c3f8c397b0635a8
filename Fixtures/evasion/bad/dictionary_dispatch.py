from huggingface_hub import hf_hub_download, snapshot_download

actions = {"file": hf_hub_download, "all": snapshot_download}
actions["all"]("org/model")
