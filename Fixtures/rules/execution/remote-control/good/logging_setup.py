import hmac
import logging.config
import os


def verify(message):
    signature, body = message[:32], message[32:]
    return body if hmac.compare_digest(signature, hmac.digest(os.environb[b"KEY"], body, "sha256")) else None


logging.config.fileConfig("logging.ini")
logging.config.listen(9999, verify=verify)
