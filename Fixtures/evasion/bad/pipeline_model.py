from transformers import pipeline

pipeline("text-generation", model="org/model")
