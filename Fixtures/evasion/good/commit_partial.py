import functools

from huggingface_hub import hf_hub_download

fetch = functools.partial(hf_hub_download, "org/model", revision="0123456789abcdef0123456789abcdef01234567")
fetch("a.bin")
