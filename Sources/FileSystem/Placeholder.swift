// FileSystem: see Documentation/Contributing.md.
