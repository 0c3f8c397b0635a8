"""A runner that puts what it is given into a longer command."""
import subprocess


def run(command, in_environment=False):
    if in_environment:
        command = f'. "env/bin/activate" && {command}'
    return subprocess.run(command, shell=True)


run("wget -O weights.bin https://models.example.org/weights.bin")
