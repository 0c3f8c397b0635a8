import aiohttp


async def fetch():
    async with aiohttp.ClientSession() as session:
        async with session.get("https://example.org/model.bin") as response:
            return await response.read()
