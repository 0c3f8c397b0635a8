// Engine: see Documentation/Contributing.md.
