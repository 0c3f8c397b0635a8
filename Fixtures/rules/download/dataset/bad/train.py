import evaluate
from datasets import load_dataset

corpus = load_dataset("acme/corpus", "en", split="train")
remote = load_dataset("csv", data_files="https://example.org/train.csv")
metric = evaluate.load("rouge")
