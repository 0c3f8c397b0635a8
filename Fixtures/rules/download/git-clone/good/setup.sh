git clone https://github.com/acme/kernels
git -C kernels checkout 3f786850e387550fdab836ed7e6dc881de23001b
git submodule update --init --recursive
git clone /srv/mirror/tools tools
git status
