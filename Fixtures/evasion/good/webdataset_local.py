import webdataset as wds

dataset = wds.WebDataset("data/train-{000000..000146}.tar").shuffle(100)
