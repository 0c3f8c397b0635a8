#!/usr/bin/env bash
set -euo pipefail
wget https://models.example.org/model.safetensors
echo "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08  model.safetensors" | sha256sum -c -

curl -fsSLo vocabulary.txt https://models.example.org/vocabulary.txt
if [ "$(sha256sum vocabulary.txt | cut -d' ' -f1)" != "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08" ]; then
  exit 1
fi

curl -fsSL https://raw.githubusercontent.com/acme/model/3f786850e387550fdab836ed7e6dc881de23001b/config.json -o config.json
curl -fs http://localhost:8080/health
curl -X POST -d @report.json https://ci.example.org/report
echo "see https://models.example.org/readme"  # wget https://models.example.org/model.bin
