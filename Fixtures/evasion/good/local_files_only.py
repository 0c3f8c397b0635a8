from transformers import AutoModel

AutoModel.from_pretrained("org/model", local_files_only=True)
