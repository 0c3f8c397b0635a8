from transformers import AutoModel

kw = dict(trust_remote_code=True)
AutoModel.from_pretrained("org/model", **kw)
