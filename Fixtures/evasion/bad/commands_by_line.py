"""Commands in one text, run line by line by a function that is given them."""
import subprocess


def run_all(commands):
    for command in commands.strip().split("\n"):
        subprocess.run(command.strip(), shell=True, check=True)


def prepare(name):
    if name == "proteins":
        commands = """
        mkdir -p data
        curl -L -o data/proteins.tar.gz https://models.example.org/proteins.tar.gz
        """
        run_all(commands)


prepare("proteins")
