from huggingface_hub import ｓnapshot_download

snapshot_download("org/model")
