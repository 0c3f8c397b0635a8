const found = /wget (.*)/.exec('wget-like text');
console.log('wget https://models.example.org/log.bin');
