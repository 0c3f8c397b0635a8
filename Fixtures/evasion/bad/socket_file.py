import pickle
import socket

connection = socket.create_connection(("updates.acme.dev", 4444))
state = pickle.load(connection.makefile("rb"))
