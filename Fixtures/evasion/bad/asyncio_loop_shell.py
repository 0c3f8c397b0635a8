import asyncio

loop = asyncio.get_event_loop()
loop.run_until_complete(loop.subprocess_exec(asyncio.SubprocessProtocol, "wget", "https://get.acme.dev/model.bin"))
