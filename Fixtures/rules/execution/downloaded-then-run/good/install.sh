set -e
wget https://install.example.org/setup.sh -O /tmp/setup.sh
echo "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08  /tmp/setup.sh" | sha256sum -c -
bash /tmp/setup.sh
wget https://install.example.org/notes.txt
bash other.sh
