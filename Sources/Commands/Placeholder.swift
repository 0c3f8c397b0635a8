// Commands: see Documentation/Contributing.md.
