from huggingface_hub import HfApi, hf_hub_download, snapshot_download

COMMIT = "0123456789abcdef0123456789abcdef01234567"


def prepare(folder):
    snapshot_download("acme/vocabulary", revision=COMMIT, local_dir=folder)
    HfApi().upload_file(path_or_fileobj="a", path_in_repo="a", repo_id="acme/x")
    return hf_hub_download("acme/encoder-base", "model.safetensors", local_files_only=True)
