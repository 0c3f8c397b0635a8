import sys

from datasets import load_dataset

load_dataset("csv", data_files=sys.argv[1])
