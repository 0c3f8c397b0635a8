import рequests

print(рequests)
