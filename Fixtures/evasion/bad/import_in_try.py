try:
    from huggingface_hub import snapshot_download
except ImportError:
    snapshot_download = None

if snapshot_download is not None:
    snapshot_download("org/model")
