pip install --require-hashes -r requirements.txt
pip install kernels@git+https://github.com/acme/kernels@3f786850e387550fdab836ed7e6dc881de23001b
npm ci
