import sys
import urllib.request

urllib.request.urlretrieve("https://files.acme.dev/code.whl", "code.whl")
sys.path.insert(0, "code.whl")
import patch
