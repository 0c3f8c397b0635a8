#!/bin/bash
set -e
python -c "import urllib.request; urllib.request.urlretrieve('https://models.example.org/a.bin', 'a.bin')"
python3 - <<EOF
import requests

with open("m.pth", "wb") as file:
    file.write(requests.get("https://models.example.org/m.pth").content)
EOF
cat <<'EOF' | python3
import urllib.request
urllib.request.urlretrieve("https://models.example.org/piped.bin", "piped.bin")
EOF
cat > fetch.py <<'EOF'
import urllib.request
urllib.request.urlretrieve("https://models.example.org/written.bin", "written.bin")
EOF
python fetch.py
URL=https://models.example.org/$1
python -c "import urllib.request as u; u.urlretrieve('$URL', 'w.pt')"
