pip install --require-hashes -r requirements.txt
pip install --no-deps .
pip install git+https://github.com/acme/kernels@3f786850e387550fdab836ed7e6dc881de23001b
npm ci
pip list
python setup.py bdist_wheel
echo pip install torch
