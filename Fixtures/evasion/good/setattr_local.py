import math


class Config:
    pass


setattr(Config, "name", "https://acme.dev")
setattr(math, "two", 2)
for key in ("a", "b"):
    setattr(Config, key, lambda self: self)
