git clone https://github.com/acme/kernels
git clone --depth 1 -b v2.1 https://github.com/acme/tools.git third_party/tools
git clone https://github.com/acme/late && cd late && git checkout main
