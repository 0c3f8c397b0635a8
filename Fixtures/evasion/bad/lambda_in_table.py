"""A table of commands."""
import os

commands = {"run": lambda command: os.system(command), "show": print}
commands["run"]("wget https://models.example.org/weights.bin")
