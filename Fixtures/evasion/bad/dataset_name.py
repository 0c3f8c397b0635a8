from datasets import load_dataset

load_dataset("org/corpus", split="train")
