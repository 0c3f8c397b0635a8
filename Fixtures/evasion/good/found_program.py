"""A program that fetches nothing."""
import shutil
import subprocess

subprocess.run([shutil.which("ffmpeg"), "-i", "speech.wav", "speech.flac"])
