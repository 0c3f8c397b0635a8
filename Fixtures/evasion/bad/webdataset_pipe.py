import webdataset as wds

dataset = wds.WebDataset("pipe:curl -s -L https://files.acme.dev/train/{000000..000146}.tar")
