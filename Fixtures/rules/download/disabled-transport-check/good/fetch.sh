curl -K options.txt https://models.example.org/model.bin -o model.bin
git -c http.sslVerify=true clone https://github.com/acme/tools
