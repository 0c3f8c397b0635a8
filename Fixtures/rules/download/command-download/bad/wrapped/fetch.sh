#!/bin/bash
env -S "curl -fsSL https://models.example.org/env.bin -o env.bin"
flock /tmp/lock wget https://models.example.org/flock.bin
flock /tmp/lock -c 'wget https://models.example.org/flock-c.bin'
systemd-run --user -p CPUQuota=10% --unit fetch wget https://models.example.org/systemd.bin
tmux new-session -d -s fetch 'wget https://models.example.org/tmux.bin'
tmux send-keys -t fetch 'wget https://models.example.org/keys.bin' C-m
screen -dmS fetch wget https://models.example.org/screen.bin
at now <<< 'wget https://models.example.org/at.bin'
su - user -c "wget https://models.example.org/su.bin"
script -qc 'wget https://models.example.org/script.bin' /dev/null
watch -n 60 'wget https://models.example.org/watch.bin'
setsid stdbuf -oL wget https://models.example.org/setsid.bin
chroot /mnt wget https://models.example.org/chroot.bin
unshare -n wget https://models.example.org/unshare.bin
docker compose exec web sh -c 'wget https://models.example.org/compose.bin'
ssh host 'wget https://models.example.org/ssh.bin'
git submodule foreach 'wget https://models.example.org/submodule.bin'
sudo -i <<EOF
wget https://models.example.org/sudo.bin
EOF
npx -c 'wget https://models.example.org/npx.bin'
{ echo '#!/bin/sh'; echo 'wget https://models.example.org/written.bin'; } > /usr/local/bin/run-it
echo 'wget https://models.example.org/bashrc.bin' >> ~/.bashrc
pwsh -NoProfile -Command "Start-BitsTransfer -Source https://models.example.org/bits.bin -Destination C:\x.bin"
powershell -enc dwBnAGUAdAAgAGgAdAB0AHAAcwA6AC8ALwBtAG8AZABlAGwAcwAuAGUAeABhAG0AcABsAGUALgBvAHIAZwAvAGUAbgBjAG8AZABlAGQALgBiAGkAbgA=
cmd /c "curl -o x.bin https://models.example.org/cmd.bin"
