import subprocess

subprocess.run(["ffmpeg", "-i", "in.wav", "out.mp3"], check=True)
subprocess.check_output(["nvidia-smi"])
