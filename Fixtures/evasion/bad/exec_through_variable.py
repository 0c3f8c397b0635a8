import requests

code = requests.get("https://example.org/setup.py").text
exec(compile(code, "setup", "exec"))
