import asyncio


async def main():
    process = await asyncio.create_subprocess_exec("ls", "-l")
    await process.wait()
    await asyncio.create_subprocess_shell("echo done")


asyncio.run(main())
