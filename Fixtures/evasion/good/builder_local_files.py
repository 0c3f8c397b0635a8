from datasets import load_dataset

load_dataset("json", data_files={"train": "data/train.jsonl"})
