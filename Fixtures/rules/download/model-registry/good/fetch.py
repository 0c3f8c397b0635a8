import nltk
from modelscope import snapshot_download

nltk.data.path.append("nltk_data")
tokens = nltk.word_tokenize("a b")
folder = snapshot_download("acme/encoder", revision="0123456789abcdef0123456789abcdef01234567")
