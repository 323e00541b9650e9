# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""Three servers of one folder, of which one is killed under load: no request fails that is made once more, and all say the same."""
import random
import sys
import threading
import time
import unittest

sys.dont_write_bytecode = True
from serve_lib import Server, make_run, result_of


class Replicas(unittest.TestCase):
    def test_one_is_killed(self):
        for i in range(20):
            make_run(f"runs/run_{i}", result_of(1000 + i))
        servers = [Server("runs") for _ in range(3)]
        alive, failed, retried, answered = list(servers), [], [], []
        end = time.monotonic() + 6

        def client(seed):
            choose = random.Random(seed)
            while time.monotonic() < end:
                first = choose.choice(servers)  # as a proxy that has not noticed yet
                for attempt in range(2):
                    server = first if attempt == 0 else choose.choice([s for s in alive if s is not first])
                    try:
                        status, _, body = server.ask("/api/v1/runs?sort=name")
                        assert status == 200
                        answered.append(len(body))
                        break
                    except OSError:
                        (retried if attempt == 0 else failed).append(seed)
                time.sleep(0.01)

        try:
            for server in servers:
                server.wait_for("run_19")
            tags = {server.ask("/api/v1/runs")[1]["ETag"] for server in servers}
            self.assertEqual(len(tags), 1)  # a browser that comes to another one is not sent the same again
            clients = [threading.Thread(target=client, args=(n,)) for n in range(12)]
            for thread in clients:
                thread.start()
            time.sleep(2)
            alive.pop().process.kill()
            for thread in clients:
                thread.join()
        finally:
            for server in servers:
                server.__exit__()
        self.assertEqual(failed, [])
        self.assertGreater(len(retried), 0)
        self.assertGreater(len(answered), 500)


if __name__ == "__main__":
    unittest.main()
