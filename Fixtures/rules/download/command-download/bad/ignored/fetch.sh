curl -fsSLo model.bin https://example.org/model.bin
echo "0f1e2d3c4b5a69780f1e2d3c4b5a69780f1e2d3c4b5a69780f1e2d3c4b5a6978  model.bin" | sha256sum -c - || true
curl -fsSLo tokenizer.model https://example.org/tokenizer.model
if ! echo "0f1e2d3c4b5a69780f1e2d3c4b5a69780f1e2d3c4b5a69780f1e2d3c4b5a6978  tokenizer.model" | sha256sum -c -; then
  echo "warning: tokenizer.model differs" >&2
fi
