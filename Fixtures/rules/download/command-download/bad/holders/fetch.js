const { execSync } = require('child_process');
execSync('wget https://models.example.org/node.bin');
execSync(`curl -o m.bin https://models.example.org/${name}.bin`);
