import paramiko

transport = paramiko.Transport(("files.acme.dev", 22))
transport.connect(username="model", password="")
sftp = paramiko.SFTPClient.from_transport(transport)
sftp.get("/srv/models/model.bin", "model.bin")
