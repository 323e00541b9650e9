# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""Folders and clients that mean harm to `lapilli serve`: it answers everybody else as before, and takes no more memory."""
import json
import os
import pathlib
import socket
import sys
import time
import unittest

sys.dont_write_bytecode = True
from serve_lib import Server, make_run, result_of

SECRET = "the secret beside the folder"


class Folders(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        pathlib.Path("secret").write_text(SECRET)
        make_run("outside", result_of(name=SECRET))
        make_run("runs/good")
        make_run("runs/named", result_of(name='<img src=x onerror="alert(1)">'))
        os.symlink(os.path.abspath("outside"), "runs/link")
        for name, target in ("result.json", "../../outside/result.json"), ("progress.jsonl", "/etc/passwd"), ("report.html", "../../secret"):
            folder = pathlib.Path("runs", "links_" + name.split(".")[0])
            make_run(folder)
            (folder / name).unlink(missing_ok=True)
            os.symlink(target, folder / name)
        pipe = make_run("runs/pipe")
        for name in "result.json", "report.html", "fields.h5":
            (pipe / name).unlink(missing_ok=True)
            os.mkfifo(pipe / name)
        huge = make_run("runs/huge")
        for name in "result.json", "progress.jsonl", "fields.h5":
            with open(huge / name, "wb") as f:
                f.truncate(10_000_000_000)
        (make_run("runs/deep") / "result.json").write_text("[" * 1_000_000)
        (make_run("runs/bytes") / "result.json").write_bytes(bytes(range(256)) * 100)
        (make_run("runs/many") / "result.json").write_text('{"a":[' + "0," * 3_000_000 + "0]}")
        make_run("runs/wrong", result_of(summary=[1], result="x", image={"path": 5, "shape": ["a"]}, run=None, timing=[]))
        (make_run("runs/lines") / "progress.jsonl").write_bytes(b'{"stage":5}\n' + b"\xff\n" + b'{"stage":"read","value":1e999}\n' + b"[" * 5000 + b"\n")
        (make_run("runs/no_hdf5") / "fields.h5").write_bytes(b"\x89HDF\r\n\x1a\n" + bytes(range(256)) * 50)
        mark = "<img src=x onerror=alert(1)>"
        quote = {"value": 1.5, "unit": mark, "made_by": mark, "note": mark, "parts": {"solver": mark}}
        make_run("runs/markup", result_of(
            image={"path": mark, "shape": [8, 8, 8], "voxel_size_m": 1e-6, "conductivity": {mark: 1, "2": 1}}, warnings=[mark],
            summary={"permeability": {"x": quote, "tensor": {"value": [[mark]], "unit": mark}}, "diffusivity": {"x": quote}},
            result={"porosity": {"total": 0.3, "boundary": mark}, "percolation": {"components": mark}, "drainage": {"x": {"relative": mark}},
                    "pore_size": {"of": mark, "mean_radius_m": mark, "fabric": {"tensor": [[mark]]}}, "rev": mark,
                    "interfaces": {"materials": [{"label": mark, "fraction": mark}], "contacts": mark, "lines": [{"labels": {mark: mark}}, 5]}}))
        make_run("runs/with blank")
        make_run("runs/.hidden")
        folder = make_run("runs/sub")
        (folder / "device").mkdir()
        if os.geteuid() == 0:
            try:
                (make_run("runs/device") / "report.html").unlink(missing_ok=True)
                os.mknod("runs/device/report.html", 0o20666, os.makedev(1, 5))  # /dev/zero
            except PermissionError:
                pass
        cls.server = Server("runs")
        cls.listed = cls.server.wait_for("good", "named", "huge", "pipe", "markup")

    @classmethod
    def tearDownClass(cls):
        cls.server.__exit__()

    def test_the_list_tells_of_each(self):
        self.assertEqual(self.listed["good"]["status"], "done")
        for name in "huge", "deep", "bytes", "many":
            self.assertEqual(self.listed[name]["status"], "damaged", name)
            self.assertTrue(self.listed[name]["sentence"], name)
        self.assertNotIn("link", self.listed)
        self.assertNotIn("with blank", self.listed)
        self.assertFalse([i for i in self.listed if "hidden" in i])
        self.assertIn("Not shown: 1 folders", self.server.json("/api/v1/runs")["remark"])
        self.assertEqual(self.listed["named"]["name"], '<img src=x onerror="alert(1)">')  # as text: pages show it as such

    def test_no_answer_has_what_lies_outside(self):
        for name in [*self.listed, "link", "with%20blank", ".hidden", "device"]:
            for what in "", "/state", "/progress", "/fields", "/files", "/files/result.json", "/files/report.html", "/slice?field=pore", "/volume", "/numbers":
                if name == "huge" and what == "/files/result.json":
                    continue
                status, _, body = self.server.ask(f"/api/v1/runs/{name}{what}", **({"Range": "bytes=0-99"} if "/files/" in what else {}))
                self.assertNotIn(SECRET.encode(), body, name + what)
                self.assertNotIn(b"root:", body, name + what)
                if status >= 400:
                    self.assertRegex(json.loads(body)["error"], r"^[^\n]{10,}$", name + what)
            status, _, body = self.server.ask(f"/runs/{name}/report.html")
            self.assertEqual(status, 404, name)
        self.assertEqual(self.server.ask("/")[0], 200)
        self.assertIsNone(self.server.process.poll())

    def test_no_word_of_a_result_becomes_markup(self):
        for name in self.listed:
            status, _, body = self.server.ask(f"/runs/{name}/measured")
            self.assertIn(status, (200, 404, 409, 422), name)
            self.assertNotIn(b"<img", body, name)
        body = self.server.ask("/runs/markup/measured")[2]
        self.assertIn(b"&lt;img src=x onerror=alert(1)&gt;", body)
        self.assertEqual(self.server.ask("/api/v1/runs/markup/numbers")[0], 200)

    def test_large_files_take_no_memory(self):
        self.assertEqual(self.server.ask("/api/v1/runs/huge")[0], 422)
        _, _, body = self.server.ask("/api/v1/runs/huge/files/fields.h5", Range="bytes=9999999990-")
        self.assertEqual(body, b"\0" * 10)
        _, heads, body = self.server.ask("/api/v1/runs/huge/progress?from=0")
        self.assertEqual((body, heads["X-Next-From"]), (b"", "262144"))
        with socket.create_connection(("127.0.0.1", self.server.port)) as s:  # begins to fetch 10 GB, and reads nothing
            s.sendall(b"GET /api/v1/runs/huge/files/fields.h5 HTTP/1.1\r\nHost: localhost\r\n\r\n")
            time.sleep(0.5)
            self.assertLess(self.server.memory_mb(), 300)
            self.assertEqual(self.server.ask("/api/v1/runs/good")[0], 200)

    def test_damaged_fields_are_refused_and_others_read_on(self):
        for name in "no_hdf5", "huge":
            self.assertIn(self.server.ask(f"/api/v1/runs/{name}/fields")[0], (422, 502), name)


class Clients(unittest.TestCase):
    def setUp(self):
        if not os.path.exists("few"):
            make_run("few/a")

    def test_one_address_has_64_connections(self):
        with Server("few") as server:
            server.wait_for("a")
            open_ones = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(64)]
            try:
                time.sleep(0.2)
                self.assertIn(b" 503 ", server.raw(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"))
            finally:
                for s in open_ones:
                    s.close()
            time.sleep(0.2)
            self.assertEqual(server.ask("/")[0], 200)

    def test_a_thousand_that_say_nothing(self):
        import resource
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if hard != resource.RLIM_INFINITY and hard < 3000:
            self.skipTest("no 3000 open files here")
        resource.setrlimit(resource.RLIMIT_NOFILE, (3000, hard))  # of the server, too
        with Server("few", "--trust", "127.0.0.0/8", probes=True) as server:
            server.wait_for("a")
            silent = []
            try:
                for i in range(1030):
                    s = socket.create_connection(("127.0.0.1", server.port), timeout=5)
                    if i % 2:
                        s.sendall(b"GET / HTT")  # half a head
                    silent.append(s)
                    if i == 1000:
                        self.assertEqual(server.ask("/api/v1/runs")[0], 200)  # beside a thousand
                self.assertIn(b" 503 ", server.raw(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                self.assertEqual(server.ask("/healthz", port=server.probes)[0], 200)
                self.assertLess(server.memory_mb(), 100)
                begin = time.monotonic()
                silent[501].settimeout(20)
                self.assertEqual(silent[501].recv(100), b"")  # a head has 10 s, however it comes
                self.assertLess(time.monotonic() - begin, 15)
            finally:
                for s in silent:
                    s.close()
            time.sleep(0.3)
            self.assertEqual(server.ask("/api/v1/runs")[0], 200)


if __name__ == "__main__":
    unittest.main()
