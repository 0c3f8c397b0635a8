import urllib.request

urllib.request.urlopen("https://raw.githubusercontent.com/o/r/0123456789abcdef0123456789abcdef01234567/data.txt")
