"""A path function that leaves all but home folders as it is."""
import argparse
import os

from transformers import AutoTokenizer

parser = argparse.ArgumentParser()
parser.add_argument("--model-path", default="facebook/opt-350m")
arguments = parser.parse_args()
tokenizer = AutoTokenizer.from_pretrained(os.path.expanduser(arguments.model_path))
