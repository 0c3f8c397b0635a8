import ftplib
ftp = ftplib.FTP("files.acme.dev")
ftp.login()
with open("model.bin", "wb") as file:
    ftp.retrbinary("RETR model.bin", file.write)
