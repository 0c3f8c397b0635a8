from huggingface_hub import snapshot_download

if (folder := snapshot_download("org/model")):
    print(folder)
