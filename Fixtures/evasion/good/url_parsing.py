from urllib.parse import urljoin, urlparse

urlparse("https://example.org/model.bin")
urljoin("https://example.org", "model.bin")
