import sys

from datasets import load_dataset

extension = sys.argv[1].rsplit(".", 1)[-1]
local = load_dataset("json", data_files={"train": "data/train.jsonl"})
given = load_dataset(extension, data_files=sys.argv[1])
corpus = load_dataset("acme/corpus", revision="0123456789abcdef0123456789abcdef01234567")
