import site
from huggingface_hub import snapshot_download

site.addsitedir(snapshot_download("acme/code"))
