import os

def f(:
    return 1

print(os.name)
