import asyncio


async def one():
    raise ValueError("one")  # @1.1 one


async def two():
    raise TypeError("two")  # @2.1 two


async def main():
    async with asyncio.TaskGroup() as group:  # @0.1 main
        group.create_task(one())
        group.create_task(two())


asyncio.run(main())  # @0.2 <module>
