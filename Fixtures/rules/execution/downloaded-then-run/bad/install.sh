set -e
wget https://install.example.org/Miniconda3-latest-Linux-x86_64.sh -O /tmp/conda.sh
bash /tmp/conda.sh -b
curl -fsSLO https://install.example.org/tool.deb
sudo dpkg -i ./tool.deb
curl -fsSL https://install.example.org/cli -o /usr/local/bin/cli
chmod +x /usr/local/bin/cli
