"""A class that makes its objects itself, from a folder beside it."""
import faster_whisper


class Recognizer(faster_whisper.WhisperModel):
    def __init__(self, name):
        super().__init__("./weights", local_files_only=True)
        self.name = name


recognizer = Recognizer("large-v2")
