#!/bin/bash
echo bHM= | base64 -d | sh
base64 -d image.txt > image.png
gunzip -c data.gz | python -c 'import sys; print(len(sys.stdin.read()))'
gunzip -c dump.sql.gz | psql
eval "$(conda shell.bash hook)"
eval "$(ssh-agent -s)"
