pip install --index-url https://download.pytorch.org/whl/cpu torch==2.3.0
pip install --require-hashes --extra-index-url https://pypi.example.org/simple -r requirements.txt
