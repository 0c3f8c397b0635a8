import gzip
import json
import lzma
import pickle

TABLE = json.loads(gzip.decompress(open("table.json.gz", "rb").read()))
WORDS = lzma.decompress(open("words.xz", "rb").read()).decode().split()
COPY = pickle.loads(pickle.dumps(TABLE))
AREA = eval("3 * 4")
