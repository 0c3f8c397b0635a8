#!/bin/bash
echo quit | nc host.example.org 25
python -m http.server
perl -pi -e 's#http://a.example.org/get#https://b.example.org/get#' notes.txt
ruby -e 'puts "https://models.example.org/"'
node -e "fetch('http://localhost:3000/health')"
ffmpeg -i in.mp4 out.wav
gpg --import key.asc
gpg --recv-keys 7D8D0BF6D4A2B2E0E0C0D4A2B2E0E0C0D4A2B2E0
