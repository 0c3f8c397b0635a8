import os

os.environ["HF_HOME"] = "cache"
os.environ["TOKENIZERS_PARALLELISM"] = "false"
