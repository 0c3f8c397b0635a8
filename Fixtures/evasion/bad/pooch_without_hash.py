import pooch

pooch.retrieve("https://example.org/m.bin", known_hash=None)
