#!/bin/bash
set -e
python -c "import torch; print(torch.__version__)"
python3 - <<EOF
import hashlib, urllib.request

data = urllib.request.urlopen("https://models.example.org/m.pth").read()
if hashlib.sha256(data).hexdigest() != "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855":
    raise SystemExit("other bytes")
EOF
python -c "$PROGRAM"
python -c "print('$GREETING', \"it's # $NAME\")"
echo '{"url": "https://models.example.org/a.bin"}' | python -c "import json, sys; json.load(sys.stdin)"
cat > settings.py <<'EOF'
URL = "https://models.example.org/written.bin"
EOF
    python - <<'EOF'
    import json
    if True:
        print(json.dumps({"url": "https://models.example.org/"}))
EOF
