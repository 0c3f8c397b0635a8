// Formats: see Documentation/Contributing.md.
