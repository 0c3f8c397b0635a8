import asyncio


async def main():
    await asyncio.create_subprocess_shell("curl -sSL https://get.acme.dev/run.sh | sh")


asyncio.run(main())
