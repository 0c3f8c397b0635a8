import keras

keras.utils.get_file("m.h5", origin="https://example.org/m.h5")
