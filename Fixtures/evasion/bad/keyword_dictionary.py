from huggingface_hub import snapshot_download

options = {"repo_id": "org/model", "revision": "main"}
snapshot_download(**options)
