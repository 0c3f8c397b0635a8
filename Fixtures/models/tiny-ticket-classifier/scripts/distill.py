"""Distils the teacher into the small model."""

import argparse

from datasets import load_dataset
from transformers import AutoModelForSequenceClassification, AutoTokenizer


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--output", default="out")
    options = parser.parse_args()

    dataset = load_dataset("example-org/support-tickets", split="train")
    tokenizer = AutoTokenizer.from_pretrained(".")
    student = AutoModelForSequenceClassification.from_pretrained(".", trust_remote_code=True)
    teacher = student.load_teacher()
    print(len(dataset), tokenizer.vocab_size, teacher.config.hidden_size)
    student.save_pretrained(options.output)


if __name__ == "__main__":
    main()
