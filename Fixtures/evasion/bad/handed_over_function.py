"""A function of one's own that threads call."""
import subprocess
from threading import Thread


def fetch(address, path):
    subprocess.run(["curl", "-o", path, address])


Thread(target=fetch, args=("https://models.example.org/weights.bin", "weights.bin")).start()
