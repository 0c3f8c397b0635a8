from huggingface_hub import snapshot_download

print(f"at {snapshot_download('org/model')}")
