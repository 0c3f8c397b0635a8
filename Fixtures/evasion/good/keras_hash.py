import keras

keras.utils.get_file("m.h5", origin="https://example.org/m.h5", file_hash="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
