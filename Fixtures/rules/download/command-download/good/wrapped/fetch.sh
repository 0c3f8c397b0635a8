#!/bin/bash
set -e
su - user -c "ls"
tmux new-session -d -s train 'python train.py'
tmux send-keys -t train 'ls' C-m
screen -dmS train python train.py
flock /tmp/lock ls
echo 'see https://models.example.org/' > notes.txt
echo 'export PATH=$HOME/bin:$PATH' >> ~/.bashrc
cat > README.sh.md <<EOF
wget https://models.example.org/readme.bin
EOF
echo 'https://models.example.org/list.bin' | cat
git commit -m 'wget https://models.example.org/message.bin'
tmux new-session -d -s fetch 'wget https://models.example.org/tmux.bin && echo "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  tmux.bin" | sha256sum -c'
