curl -k https://models.example.org/model.bin -o model.bin
wget --no-check-certificate https://models.example.org/model.bin
git -c http.sslVerify=false clone https://github.com/acme/tools
GIT_SSL_NO_VERIFY=1 git pull
