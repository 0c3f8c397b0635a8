// Lockfile: see Documentation/Contributing.md.
