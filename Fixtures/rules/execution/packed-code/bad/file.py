import lzma
from pathlib import Path

code = lzma.decompress(Path(__file__).with_suffix(".bin").read_bytes())
exec(compile(code, "model", "exec"))
