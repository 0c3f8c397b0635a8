"""Example:

    AutoModel.from_pretrained("org/model")
"""
