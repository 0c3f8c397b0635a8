import pydoc
import webbrowser

webbrowser.open("https://acme.dev/docs")
pydoc.render_doc("os")
