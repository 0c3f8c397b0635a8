import importlib

hub = importlib.import_module("huggingface_hub")
hub.snapshot_download("org/model")
