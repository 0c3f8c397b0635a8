import paramiko

client = paramiko.SSHClient()
client.connect("files.acme.dev", username="model")
sftp = client.open_sftp()
sftp.get("/srv/models/model.bin", "model.bin")
