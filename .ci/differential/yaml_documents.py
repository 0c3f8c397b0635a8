#!/usr/bin/env python3
"""Writes YAML documents with what PyYAML makes of them.

usage: yaml_documents.py OUTPUT [COUNT [SEED]]

One JSON object a line: the text; every node in the order of the document as kind, type, text, line
and column; and the keys that merged mappings have. The Swift tests read them where
MODELPIN_PYYAML_CASES names the file.
"""
import json
import random
import sys

import yaml

WORDS = ["on", "yes", "No", "~", "null", "1", "010", "0x1F", "1_000", "1.5", "1e3", ".inf", "-.nan", "190:20", "2026-01-31",
         "2026-1-1 1:02:03", "a", "v1.2", "actions/checkout@v4", "x y", "3.10", "+7", "0b11", "=", "TRUE", "y", "1.", "0o7", "08"]


def scalar(r, indent):
    k = r.random()
    if k < 0.6:
        return r.choice(WORDS)
    if k < 0.7:
        return "'" + r.choice(["it''s", "a", "", "x # y"]) + "'"
    if k < 0.8:
        return '"' + r.choice(["a\\tb", "\\u00e9", "q\\\"", "", "x: y"]) + '"'
    pad = "\n" + " " * (indent + 2)
    if k < 0.9:
        return r.choice(["|", "|-", "|+"]) + pad + pad.join(["pip install x", "echo 'y'"])
    return r.choice([">", ">-"]) + pad + pad.join(["one", "two"])


def flow(r, depth=0):
    if depth > 2 or r.random() < 0.5:
        return r.choice([w for w in WORDS if w not in ("~",)])
    if r.random() < 0.5:
        return "[" + ", ".join(flow(r, depth + 1) for _ in range(r.randint(0, 3))) + "]"
    return "{" + ", ".join(f"k{i}: " + flow(r, depth + 1) for i in range(r.randint(0, 3))) + "}"


def block(r, indent=0, depth=0):
    pad = " " * indent
    lines = []
    is_list = r.random() < 0.4
    for i in range(r.randint(1, 4)):
        head = pad + ("- " if is_list else r.choice([f"k{i}", f'"k{i}"', f"key {i}"]) + ": ")
        if depth < 3 and r.random() < 0.35:
            lines.append(head.rstrip() + r.choice(["", "  # comment"]))
            lines.append(block(r, indent + 2, depth + 1))
        elif r.random() < 0.2:
            lines.append(head + flow(r))
        else:
            lines.append(head + scalar(r, indent))
        if r.random() < 0.1:
            lines.append("")
    return "\n".join(lines)


def merged(r):
    lines = []
    for i in range(3):
        lines.append(f"m{i}: &m{i}")
        if i and r.random() < 0.7:
            lines.append("  <<: " + r.choice([f"*m{r.randrange(i)}", "[" + ", ".join(f"*m{j}" for j in range(i)) + "]"]))
        for k in r.sample(["a", "b", "c", "d"], r.randint(1, 3)):
            lines.append(f"  {k}: {i}{k}")
    return "\n".join(lines)


def nodes(node, out):
    kind = type(node).__name__[:-4].lower()
    mark = node.start_mark
    out.append([kind, node.tag.rsplit(":", 1)[-1] if kind == "scalar" else "", node.value if kind == "scalar" else "", mark.line + 1, mark.column + 1])
    if kind == "sequence":
        for item in node.value:
            nodes(item, out)
    elif kind == "mapping":
        for key, value in node.value:
            nodes(key, out)
            nodes(value, out)


def main():
    out, count, seed = sys.argv[1], int((sys.argv[2:] or ["1000"])[0]), int((sys.argv[3:] or ["1"])[0])
    r = random.Random(seed)
    with open(out, "w", encoding="utf8") as f:
        for i in range(count):
            text = merged(r) if i % 4 == 0 else block(r)
            text = r.choice(["", "---\n", "# c\n"]) + text + "\n"
            if i % 4 == 0:
                f.write(json.dumps({"text": text, "merged": yaml.safe_load(text)}) + "\n")
                continue
            try:
                root = yaml.compose(text, Loader=yaml.SafeLoader)
            except yaml.YAMLError:
                continue
            listing = []
            nodes(root, listing)
            f.write(json.dumps({"text": text, "nodes": listing}) + "\n")


if __name__ == "__main__":
    main()
