from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from huggingface_hub import snapshot_download

    snapshot_download("org/model")
