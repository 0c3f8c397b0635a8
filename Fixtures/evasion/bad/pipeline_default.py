"""A pipeline without a model: the library chooses one for the task and downloads it."""
from transformers import pipeline

classify = pipeline("sentiment-analysis")
print(classify("the model is not named anywhere"))
