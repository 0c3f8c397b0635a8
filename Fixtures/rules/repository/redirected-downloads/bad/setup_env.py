import os
import ssl

os.environ["HF_ENDPOINT"] = "https://mirror.example.org"
ssl._create_default_https_context = ssl._create_unverified_context
