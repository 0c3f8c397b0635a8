curl -fsSLo model.bin https://example.org/model.bin
echo "0f1e2d3c4b5a69780f1e2d3c4b5a69780f1e2d3c4b5a69780f1e2d3c4b5a6978  model.bin" | sha256sum -c - || { echo "model.bin differs" >&2; exit 1; }
