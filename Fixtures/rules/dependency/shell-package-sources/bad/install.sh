pip install --extra-index-url https://pypi.example.org/simple acme-internal==1.0
pip install --trusted-host pypi.example.org --index-url http://pypi.example.org/simple acme==1.0
pip config set global.extra-index-url https://pypi.example.org/simple
