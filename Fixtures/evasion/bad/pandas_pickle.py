import pandas as pd

frame = pd.read_pickle(filepath_or_buffer="https://files.acme.dev/train.pkl")
