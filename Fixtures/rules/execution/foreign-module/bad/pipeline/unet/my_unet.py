class AcmeUNet:
    pass
