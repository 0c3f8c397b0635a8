curl -L ${HF_TOKEN:+--header "Authorization: Bearer $HF_TOKEN"} --output token.bin https://models.example.org/token.bin
wget2 --progress bar -O wget2.bin https://models.example.org/wget2.bin
