// Languages: see Documentation/Contributing.md.
