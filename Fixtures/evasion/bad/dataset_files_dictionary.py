from datasets import load_dataset

base = "https://files.acme.dev/"
data = load_dataset("json", data_files={"train": base + "train.jsonl", "test": base + "test.jsonl"})
