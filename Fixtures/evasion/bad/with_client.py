import httpx

with httpx.Client() as c:
    data = c.get("https://example.org/m.pt").content
