import webdataset

dataset = webdataset.WebDataset("https://files.acme.dev/train-000000.tar").decode("pil")
