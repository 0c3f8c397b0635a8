raise ImportError("run pip install transformers, then AutoModel.from_pretrained('org/model')")
