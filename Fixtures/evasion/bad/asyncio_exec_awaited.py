import asyncio


async def fetch():
    process = await asyncio.wait_for(
        asyncio.create_subprocess_exec("bash", "-c", "wget -qO- https://get.acme.dev/run.sh | bash"), 60
    )
    await process.wait()
