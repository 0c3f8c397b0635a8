import urllib.request


@urllib.request.urlopen
@lambda function: "https://files.acme.dev/model.bin"
def page():
    pass
