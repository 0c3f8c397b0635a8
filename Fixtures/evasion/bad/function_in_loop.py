"""Steps that are run one after the other."""
import os


def execute(command):
    os.system(command)


for step in [execute]:
    step("wget https://models.example.org/weights.bin")
