import io
import pickle
import urllib.request

pickle.load(io.BytesIO(urllib.request.urlopen("https://example.org/m.pkl").read()))
