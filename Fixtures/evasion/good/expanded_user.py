"""Weights in the home folder."""
import os

from transformers import AutoModel

model = AutoModel.from_pretrained(os.path.expanduser("~/models/opt"))
