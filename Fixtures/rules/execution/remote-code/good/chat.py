from transformers import AutoModel, AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained("./chat", trust_remote_code=True)
model = AutoModel.from_pretrained(
    "acme/chat", trust_remote_code=True, revision="0123456789abcdef0123456789abcdef01234567", code_revision="0123456789abcdef0123456789abcdef01234567")
