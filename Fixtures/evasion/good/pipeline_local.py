"""A pipeline over a model that lies beside the code."""
from transformers import pipeline

classify = pipeline("sentiment-analysis", model="./model", tokenizer="./model")
