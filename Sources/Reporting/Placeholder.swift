// Reporting: see Documentation/Contributing.md.
