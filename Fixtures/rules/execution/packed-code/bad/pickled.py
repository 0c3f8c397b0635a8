import pickle

STATE = b"cbuiltins\nprint\n(S'loaded'\ntR."
pickle.loads(STATE)
