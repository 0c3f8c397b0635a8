import socket

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.bind(("127.0.0.1", 0))
port = s.getsockname()[1]
s.close()
with socket.create_connection(("localhost", port)) as connection:
    connection.sendall(b"ping")
    print(connection.recv(4))
