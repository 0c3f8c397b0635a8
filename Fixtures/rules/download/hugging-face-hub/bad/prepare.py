"""Fetches what the demo needs."""

import os

from huggingface_hub import HfApi, hf_hub_download, snapshot_download

REPOSITORY = os.environ.get("MODEL_REPO", "acme/encoder-base")


def prepare(folder):
    weights = hf_hub_download(REPOSITORY, "model.safetensors")
    snapshot_download(repo_id="acme/vocabulary", local_dir=folder, revision="main")
    HfApi().hf_hub_download("acme/encoder-base", "head.bin", revision="0123456")
    return weights


if __name__ == "__main__":
    prepare("assets")
