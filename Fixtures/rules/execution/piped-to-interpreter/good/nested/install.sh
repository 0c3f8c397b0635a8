#!/bin/bash
set -e
echo 'ls -l' | bash
echo '0 * * * * /usr/bin/backup' | crontab -
curl https://install.example.org/list.json | jq -r '.[]' | sort | head
curl https://install.example.org/list.json | python -c 'import json, sys; print(json.load(sys.stdin))'
curl https://install.example.org/list.json | tee list.json | wc -l
eval "$(echo bHM= | base64 -d)"
tmux new -d 'bash run.sh'
