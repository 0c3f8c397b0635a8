import subprocess

subprocess.run(
    ["python", "-c", "import urllib.request as u; u.urlretrieve('https://models.example.org/s.bin','a')"]
)
