from huggingface_hub import HfApi

api = HfApi()
api.snapshot_download(repo_id="org/model")
