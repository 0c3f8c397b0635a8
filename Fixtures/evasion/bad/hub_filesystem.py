from huggingface_hub import HfFileSystem

fs = HfFileSystem()
fs.open("org/model/data.csv")
