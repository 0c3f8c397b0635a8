import functools
import os

value = (lambda f: f("model.bin"))(os.path.basename)
total = functools.reduce(lambda a, b: a + b, [1, 2, 3])
names = list(map(os.path.basename, ["https://files.acme.dev/a.bin"]))
