import pandas as pd

pd.read_csv("hf://datasets/org/corpus/train.csv")
