"""A download that is digested piece by piece, and compared before use."""
import hashlib

import requests

EXPECTED = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

digest = hashlib.sha256()
with requests.get("https://models.example.org/model.bin", stream=True) as answer:
    with open("model.bin", "wb") as file:
        for piece in answer.iter_content(8192):
            digest.update(piece)
            file.write(piece)
if digest.hexdigest() != EXPECTED:
    raise RuntimeError("the model is not the one that was reviewed")
