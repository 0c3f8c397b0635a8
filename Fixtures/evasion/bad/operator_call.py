import operator
import urllib.request

operator.call(urllib.request.urlopen, "https://files.acme.dev/model.bin")
