import urllib2

print urllib2.urlopen("https://example.org/model.bin").read()
