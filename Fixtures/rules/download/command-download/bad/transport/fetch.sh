#!/bin/bash
nc models.example.org 4444 > model.bin
socat -u TCP:models.example.org:99 OPEN:model.pth,creat
cat < /dev/tcp/models.example.org/80 > model.pth
curlie -o model.bin https://models.example.org/curlie.bin
wcurl https://models.example.org/wcurl.bin
python -m wget https://models.example.org/module.bin
ffmpeg -i https://models.example.org/sample.mp4 sample.wav
perl -MLWP::Simple -e 'getstore("https://models.example.org/perl.bin", "model.bin")'
ruby -ropen-uri -e 'IO.copy_stream(URI.open("https://models.example.org/ruby.bin"), "model.bin")'
node -e "require('https').get('https://models.example.org/node.bin', r => r.pipe(process.stdout))"
php -r "copy('https://models.example.org/php.bin', 'model.bin');"
Rscript -e 'download.file("https://models.example.org/r.bin", "model.bin")'
gpg --keyserver hkps://keys.example.org --recv-keys 0xDEADBEEF
rpm --import https://models.example.org/key.asc
