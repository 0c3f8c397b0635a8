"""An engine that only gives the library's class another name."""
import faster_whisper


class Recognizer(faster_whisper.WhisperModel):
    """The library's constructor fetches the weights."""


def recognizer(device="cpu"):
    return Recognizer("large-v2", device=device)
