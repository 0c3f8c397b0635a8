pip install -r extra/server.list
