"""A program that is looked for first."""
import shutil
import subprocess

curl = shutil.which("curl")
subprocess.run([curl, "--location", "--output", "w.bin", "https://models.example.org/w.bin"])
