// Inventory: see Documentation/Contributing.md.
