import keras

keras.applications.ResNet50(weights=None)
