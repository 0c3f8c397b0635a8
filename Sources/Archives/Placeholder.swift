// Archives: see Documentation/Contributing.md.
