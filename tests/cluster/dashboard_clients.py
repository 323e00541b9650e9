# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""Browsers that look at the dashboard: each asks for the list of runs every 2 s, and twice more where that fails, as its pages do.

    dashboard_clients.py ADDRESS PORT HOST CLIENTS SECONDS [PATIENCE]      prints what they met, as one JSON object; times in seconds
"""
import asyncio
import json
import sys
import time

address, port, host, clients, seconds = sys.argv[1], int(sys.argv[2]), sys.argv[3], int(sys.argv[4]), float(sys.argv[5])
patience = float(sys.argv[6]) if len(sys.argv) > 6 else 4  # as site.js
QUESTION = f"GET /api/v1/runs HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()
TRIES = 3  # as site.js
asked = []  # when, how long, how often it failed


class Client:
    """One connection, which is kept as long as it answers."""

    def __init__(self):
        self.connection = None

    async def ask(self):
        self.connection = self.connection or await asyncio.open_connection(address, port)
        reader, writer = self.connection
        writer.write(QUESTION)
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        await reader.readexactly(int(head.split(b"content-length:")[1].split(b"\r\n")[0]))
        if head.split()[1] != b"200":
            raise OSError(head.split()[1])
        if b"connection: close" in head:
            self.leave()

    def leave(self):
        if self.connection:
            self.connection[1].close()
        self.connection = None

    async def look(self):
        begin, failed = time.time(), 0
        while failed < TRIES:
            try:
                await asyncio.wait_for(self.ask(), patience)
                break
            except (OSError, EOFError, asyncio.TimeoutError):
                failed += 1
                self.leave()
        asked.append((begin, time.time() - begin, failed))

    async def live(self, late, end):
        await asyncio.sleep(late)
        while time.time() < end:
            await self.look()
            await asyncio.sleep(2)
        self.leave()


async def main():
    end = time.time() + seconds
    await asyncio.gather(*(Client().live(2 * n / clients, end) for n in range(clients)))


began = time.time()
asyncio.run(main())
bad = [begin - began + took for begin, took, failed in asked if failed]
print(json.dumps({"requests": len(asked), "failed": len(bad), "unanswered": sum(failed == TRIES for _, _, failed in asked),
                  "longest": round(max(took for _, took, _ in asked), 2), "last_failure": round(max(bad, default=0), 1)}))
