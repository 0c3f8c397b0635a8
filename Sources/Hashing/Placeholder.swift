// Hashing: see Documentation/Contributing.md.
