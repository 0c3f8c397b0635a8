from datasets import load_dataset

data = load_dataset("csv", data_files="https://files.acme.dev/train.csv")
