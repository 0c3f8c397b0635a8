from transformers import AutoModel

PINNED = {"revision": "0123456789abcdef0123456789abcdef01234567", "low_cpu_mem_usage": True}
AutoModel.from_pretrained("org/model", **PINNED)
