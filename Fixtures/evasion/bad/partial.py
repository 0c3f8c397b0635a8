import functools

from huggingface_hub import hf_hub_download

fetch = functools.partial(hf_hub_download, "org/model")
fetch("a.bin")
