from huggingface_hub import HfFileSystem

HfFileSystem().open("org/model@0123456789abcdef0123456789abcdef01234567/data.csv")
