import importlib.util
import site
import sys
import zipimport
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
site.addsitedir("vendor")
spec = importlib.util.spec_from_file_location("util", "util.py")
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
