import pandas as pd

frame = pd.read_fwf("https://files.acme.dev/train.txt")
table = pd.read_stata("https://files.acme.dev/train.dta")
