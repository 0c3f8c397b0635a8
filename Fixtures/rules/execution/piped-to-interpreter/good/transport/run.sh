#!/bin/bash
nc -z host.example.org 80 && echo up
timeout 1 bash -c '</dev/tcp/host.example.org/80'
(echo > /dev/tcp/host.example.org/80) > /dev/null 2>&1
exec 3<>/dev/tcp/host.example.org/80
IP=$(dig +short host.example.org)
host host.example.org | awk '{print $4}'
openssl s_client -connect host.example.org:443 < /dev/null | openssl x509 -noout -dates
ssh host.example.org 'nvidia-smi' | grep GPU
awk 'BEGIN { print "curl https://install.example.org/awk.sh | sh" }'
node -e "console.log(require('./package.json').version)"
aws s3 cp run.sh s3://acme-models/
