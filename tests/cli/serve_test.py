# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""`lapilli serve`: what it answers, and that nothing that comes to it, by the network or in a folder, does it harm."""
import json
import os
import pathlib
import signal
import socket
import struct
import subprocess
import sys
import time
import unittest
import urllib.parse
import zlib

sys.dont_write_bytecode = True
from serve_lib import LAPILLI, Server, chunks, make_run, result_of

SECRET = "the secret beside the folder"


class Answers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        subprocess.run([LAPILLI, "generate", "spheres", "--size", "32", "--porosity", "0.5", "--seed", "1", "-o", "rock.tif"], check=True)
        pathlib.Path("good").mkdir()
        subprocess.run([LAPILLI, "analyze", "rock.tif", "--voxel", "2um", "--fields", "--blocks", "0", "--ranks", "1", "--quiet",
                        "--out", "good/a"], check=True, stdout=subprocess.DEVNULL)
        make_run("good/group/b", result_of(2000))
        make_run("good/c", result_of(image={"path": "/c.tif", "shape": [8, 9, 10], "voxel_size_m": [4e-6, 2e-6, 2e-6]}))
        pathlib.Path("good/c/report.html").write_text("<script>alert(1)</script>")
        pathlib.Path("secret").write_text(SECRET)
        pathlib.Path("good/unfinished").mkdir()
        pathlib.Path("good/unfinished/progress.jsonl").write_text('{"stage":"read"}\n')
        cls.server = Server("good", probes=True)
        cls.server.wait_for("a", "group~b", "c", "unfinished")

    @classmethod
    def tearDownClass(cls):
        cls.server.__exit__()

    def refused(self, path, status, **more):
        got, heads, body = self.server.ask(path, **more)
        self.assertEqual(got, status, f"{path}: {body[:200]}")
        self.assertNotIn(SECRET.encode(), body)
        if more.get("method") != "HEAD":
            self.assertIn("error", json.loads(body))
        return heads

    def test_the_list(self):
        listed = self.server.json("/api/v1/runs?sort=permeability&axis=z")
        self.assertEqual(listed["count"], 4)
        self.assertEqual([run["id"] for run in listed["runs"]][:1], ["group~b"])
        a = self.server.runs()["a"]
        result = json.loads(pathlib.Path("good/a/result.json").read_text())
        self.assertEqual(a["status"], "done")
        self.assertEqual(a["permeability"]["z"]["value"], result["summary"]["permeability"]["z"]["value"])
        self.assertEqual(a["porosity"], result["result"]["porosity"]["total"])
        first = self.server.json("/api/v1/runs?sort=name&order=up&limit=2")
        rest = self.server.json(f"/api/v1/runs?sort=name&order=up&limit=2&after={first['next']}")
        self.assertEqual(len(first["runs"] + rest["runs"]), 4)
        self.assertEqual(self.server.json("/api/v1/runs?find=GROUP")["count"], 1)
        self.assertEqual(self.server.json("/api/v1/runs?state=failed")["count"], 0)

    def test_a_voxel_that_is_no_cube(self):
        self.assertEqual([self.server.runs()[i]["voxel_m"] for i in ("a", "c")], [2e-6, [4e-6, 2e-6, 2e-6]])

    def test_all_numbers_of_a_result(self):
        result = json.loads(pathlib.Path("good/a/result.json").read_text())["result"]
        groups = {group["title"]: group["rows"] for group in self.server.json("/api/v1/runs/a/numbers")["groups"]}
        radius = next(row for row in groups["Pore sizes"] if row["key"] == "pore_size.mean_radius_m")
        self.assertEqual((radius["image"], radius["unit"]), (result["pore_size"]["mean_radius_m"], "m"))
        chord = next(row for row in groups["Pore sizes"] if row["key"] == "pore_size.mean_chord_m")
        self.assertEqual([chord[axis] for axis in "xyz"], [result["pore_size"][axis]["mean_chord_m"] for axis in "xyz"])
        status, heads, body = self.server.ask("/runs/a/measured")
        self.assertEqual((status, heads["Content-Type"]), (200, "text/html; charset=utf-8"))
        self.assertIn("script-src 'self'", heads["Content-Security-Policy"])
        self.assertIn(b'data-key="pore_size.mean_radius_m"', body)
        self.assertIn(b'id="radii"', body)
        for path in "/api/v1/runs/unfinished/numbers", "/runs/unfinished/measured":
            self.refused(path, 409)

    def test_files_of_curves_and_networks(self):
        names = [file["name"] for file in self.server.json("/api/v1/runs/a/files")["files"]]
        self.assertIn("pore_size.csv", names)
        self.assertNotIn("lease", names)
        for name in "network.npz", "network.vtp", "network_node1.dat", "drainage.csv":
            pathlib.Path("good/c", name).write_bytes(b"x")
            self.assertEqual(self.server.ask(f"/api/v1/runs/c/files/{name}")[::2], (200, b"x"))
        self.assertEqual(self.server.ask("/api/v1/runs/a/files/pore_size.csv")[2], pathlib.Path("good/a/pore_size.csv").read_bytes())

    def test_a_result_is_given_as_it_is(self):
        self.assertEqual(self.server.ask("/api/v1/runs/a")[2], pathlib.Path("good/a/result.json").read_bytes())

    def test_what_is_known_is_not_sent_again(self):
        for path in "/api/v1/runs", "/api/v1/runs/a", "/", "/openapi.json", "/api/v1/runs/a/fields":
            _, heads, _ = self.server.ask(path)
            status, _, body = self.server.ask(path, If_None_Match=f'"x", W/{heads["ETag"]}')
            self.assertEqual((status, body), (304, b""), path)

    def test_progress_goes_on_where_it_was(self):
        whole = pathlib.Path("good/a/progress.jsonl").read_bytes()
        place, got = 0, b""
        while place < len(whole):
            _, heads, body = self.server.ask(f"/api/v1/runs/a/progress?from={place}")
            self.assertTrue(body.endswith(b"\n"))
            got, place = got + body, int(heads["X-Next-From"])
        self.assertEqual(got, whole)
        self.refused(f"/api/v1/runs/a/progress?from={len(whole) + 1}", 416)
        with open("good/c/progress.jsonl", "a") as f:
            f.write('{"half')
        _, heads, body = self.server.ask("/api/v1/runs/c/progress?from=0")
        self.assertEqual((body, int(heads["X-Next-From"])), (b'{"stage":"read"}\n', 17))

    def test_planes(self):
        fields = {f["name"]: f for f in self.server.json_without_time("/api/v1/runs/a/fields")["fields"]}
        self.assertIn("speed_z", fields)
        plane = "field=c_z&axis=x&index=5"
        status, heads, body = self.server.ask(f"/api/v1/runs/a/slice?{plane}&v=1")
        self.assertEqual((status, heads["Content-Type"], body[:8]), (200, "image/png", b"\x89PNG\r\n\x1a\n"))
        self.assertIn("immutable", heads["Cache-Control"])
        width, height, bits, kind = struct.unpack(">IIBB", body[16:26])
        self.assertEqual((width, height, bits, kind), (32, 32, 8, 3))
        status, heads, values = self.server.ask(f"/api/v1/runs/a/values?{plane}")
        numbers = struct.unpack("<1024f", values)
        pores = [v for v in numbers if v == v]
        self.assertTrue(300 < len(pores) < 800 and min(pores) >= 0 and max(pores) <= 1)
        rows = [numbers[32 * z:32 * z + 32] for z in range(32)]
        mean = lambda row: sum(v for v in row if v == v) / max(1, sum(v == v for v in row))
        self.assertGreater(mean(rows[0]), 0.8)  # a row of the picture is a z, where c falls from 1 to 0
        self.assertLess(mean(rows[31]), 0.2)
        pixels = zlib.decompress(b"".join(chunk for name, chunk in chunks(body) if name == b"IDAT"))
        self.assertEqual([pixels[33 * z + 1 + y] == 0 for z in range(32) for y in range(32)], [v != v for v in numbers])
        status, heads, body = self.server.ask("/api/v1/runs/a/volume?size=16")
        self.assertEqual(heads["X-Volume"], "16 16 16 4 2")
        for query in "field=nope", "field=c_z&index=32", "field=c_z&size=9", "field=c_z&axis=w", "field=c_z&lo=nan", "field=c_z&component=x":
            self.assertIn(self.server.ask(f"/api/v1/runs/a/slice?{query}")[0], (400, 404), query)
        self.refused("/api/v1/runs/c/slice?field=c_z", 404)

    def test_the_reader_of_fields_may_crash(self):
        """HDF5 does, on some damaged files; here it is made to."""
        plane = "/api/v1/runs/a/slice?field=c_x&axis=y&index="
        self.assertEqual(self.server.ask(plane + "1")[0], 200)
        reader = self.server.reader()
        os.kill(reader, signal.SIGSEGV)  # between two questions
        while self.server.reader() == reader:
            time.sleep(0.01)
        self.assertEqual(self.server.ask(plane + "2")[0], 200)
        reader = self.server.reader()
        os.kill(reader, signal.SIGSTOP)  # at a question: it never ends,
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=20) as waiting:
            waiting.sendall(f"GET {plane}3 HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            self.assertEqual(self.server.ask("/")[0], 200)
            self.assertEqual(self.server.ask(plane + "2")[0], 200)  # while nobody else waits,
            time.sleep(0.3)
            os.kill(reader, signal.SIGKILL)
            self.assertRegex(waiting.recv(4096), rb"^HTTP/1.1 (502|200) ")  # 200: on a slow machine it has not been asked yet
        self.assertEqual(self.server.ask(plane + "3")[0], 200)
        self.assertIn(b"lapilli_reader_restarts_total 2\n", self.server.ask("/metrics", port=self.server.probes)[2])

    def test_ranges(self):
        whole, path = pathlib.Path("good/a/fields.h5").read_bytes(), "/api/v1/runs/a/files/fields.h5"
        for asked, first, last in ("bytes=0-9", 0, 10), ("bytes=100-", 100, None), ("bytes=-7", len(whole) - 7, None), ("bytes=5-99999999999", 5, None):
            status, heads, body = self.server.ask(path, Range=asked)
            self.assertEqual((status, body), (206, whole[first:last]), asked)
            self.assertEqual(heads["Content-Range"], f"bytes {first}-{first + len(body) - 1}/{len(whole)}")
        for asked in f"bytes={len(whole)}-", "bytes=0-1,3-4", "bytes=-0", "bytes=99999999999-":
            self.refused(path, 416, Range=asked)
        for asked in "lines=1-2", "bytes=5-1", "bytes=a-b", "bytes=-", "bytes=--5", "bytes=99999999999999999999-":
            self.assertEqual(self.server.ask(path, Range=asked)[::2], (200, whole), asked)
        self.assertEqual(self.server.ask(path, Range="bytes=0-1", If_Range='"other"')[0], 200)

    def test_no_way_leads_out(self):
        ways = ["..", "%2e%2e", "..%2fsecret", "%2e%2e%2fsecret", "..%5csecret", "%2e%2e%5csecret", "a%2f..%2f..%2fsecret", "a~..~..~secret", "..~secret",
                "a~..", "~", "a~", "%00", "a%00", "%c0%ae%c0%ae", "%e0%80%ae", "%ed%a0%80", "%ff", "%", "%2", "%zz", ".", "%2e", "a%0d%0aX-Evil:1",
                "a" * 129, "a~" * 40 + "a", "....", ".hidden", "%252e%252e", "a;b", "a%20b"]
        for way in ways:
            for path in f"/api/v1/runs/{way}", f"/api/v1/runs/{way}/files/result.json", f"/api/v1/runs/a/files/{way}", f"/runs/{way}", f"/static/{way}":
                status, heads, body = self.server.ask(path)
                self.assertIn(status, (400, 404), path)
                self.assertNotIn(SECRET.encode(), body)
                self.assertNotIn("X-Evil", heads)
        for path in "//", "//etc/passwd", "/../secret", "/a//b", "/static/../secret", "/api/v1/runs/a/files/..", "/a/b/c/d/e/f/g/h/i/j", "/%2f":
            self.assertIn(self.server.ask(path)[0], (400, 404), path)
        for target in b"http://127.0.0.1/", b"*", b"secret", b"/a#b", b"/\xff\xfe":
            self.assertIn(self.server.raw(b"GET " + target + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").split()[1], (b"400", b"404"), target)
        self.refused("/" + "a" * 5000, 414)

    def test_only_get_and_head(self):
        for method in "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get":
            status, heads, _ = self.server.ask("/api/v1/runs", method=method)
            self.assertIn(status, (400, 405), method)
            if status == 405:
                self.assertEqual(heads["Allow"], "GET, HEAD")
        for path in "/", "/api/v1/runs/a", "/api/v1/runs/a/files/fields.h5", "/nope":
            status, heads, body = self.server.ask(path, method="HEAD")
            got = self.server.ask(path)
            self.assertEqual((status, heads["Content-Length"], body), (got[0], str(len(got[2])), b""), path)

    def test_what_is_no_request(self):
        host = b"Host: localhost\r\n"
        for data, status in ((b"GET / HTTP/1.1\r\n" + host + b"Content-Length: 5\r\n\r\nhello", b"400"),
                             (b"GET / HTTP/1.1\r\n" + host + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", b"400"),
                             (b"GET / HTTP/1.1\r\n" + host + host + b"\r\n", b"400"), (b"GET / HTTP/1.1\r\n\r\n", b"421"),
                             (b"GET / HTTP/1.1\r\n" + host + b"X: " + b"a" * 20000 + b"\r\n\r\n", b"431"),
                             (b"\x16\x03\x01\x02\x00\x01\x00\x01", b"400"), (b"GET / HTTP/3.7\r\n" + host + b"\r\n", b"505"),
                             (b"GET / HTTP/1.1\r\n" + host + b"Bad Head: 1\r\n\r\n", b"400")):
            said = self.server.raw(data)
            self.assertEqual(said.split()[1:2], [status], data[:60])
            self.assertIn(b"Connection: close", said)
        self.assertEqual(self.server.ask("/")[0], 200)

    def test_names_of_others_are_refused(self):
        for host in "evil.example", "evil.example:8080", "localhost.evil.example", "", "127.0.0.1.evil.example", "127.0.0.1@evil", "[::1", "127.1", "0x7f.1", "localhost:80a":
            self.refused("/api/v1/runs", 421, Host=host)
        for host in "localhost", "LOCALHOST:1", "127.0.0.1:9000", "[::1]", "[::1]:8080", "192.0.2.7":
            self.assertEqual(self.server.ask("/api/v1/runs", Host=host)[0], 200, host)
        with Server("good", "--host", "Runs.example") as named:
            self.assertEqual(named.ask("/", Host="runs.example:443")[0], 200)
            self.assertEqual(named.ask("/", Host="other.example")[0], 421)

    def test_heads_that_keep_browsers_safe(self):
        for path in "/", "/api/v1/runs", "/runs/a", "/nope", "/api/v1/runs/c/files/report.html", "/runs/c/report.html":
            _, heads, _ = self.server.ask(path, Origin="http://evil.example")
            self.assertEqual(heads["X-Content-Type-Options"], "nosniff", path)
            self.assertIn("default-src 'none'", heads["Content-Security-Policy"], path)
            self.assertFalse([name for name in heads if name.lower().startswith("access-control")], path)
        for path in "/", "/runs/a":
            self.assertIn("script-src 'self'; style-src 'self'", self.server.ask(path)[1]["Content-Security-Policy"])
        policy = self.server.ask("/runs/c/report.html")[1]["Content-Security-Policy"]
        self.assertIn("sandbox allow-scripts allow-downloads;", policy)  # so that a forged one is a page of nobody
        self.assertNotIn("allow-same-origin", policy)
        self.assertIn("attachment", self.server.ask("/api/v1/runs/c/files/report.html")[1]["Content-Disposition"])

    def test_bounds(self):
        for query in "limit=0", "limit=1001", "limit=-1", "limit=1e3", "limit=%201", "limit=99999999999999999999", "sort=evil", "nope=1", "limit=1&limit=2", "find=%01":
            self.refused(f"/api/v1/runs?{query}", 400)
        for value in "-1", "x", "18446744073709551616":
            self.refused(f"/api/v1/runs/a/progress?from={value}", 400)

    def test_pages_and_the_contract(self):
        for path in "/", "/runs/a", "/compare", "/api":
            status, heads, body = self.server.ask(path)
            self.assertEqual((status, heads["Content-Type"]), (200, "text/html; charset=utf-8"), path)
            self.assertNotRegex(body.decode(), r"<script(?! defer src=\"/static/)|\son\w+=|<style|\sstyle=", path)
            for link in set(__import__("re").findall(r'(?:src|href)="(/static/[^"]+)"', body.decode())):
                status, heads, _ = self.server.ask(link)
                self.assertEqual((status, "immutable" in heads["Cache-Control"]), (200, True), link)
        contract = self.server.json_without_time("/openapi.json")
        self.assertEqual(contract["openapi"], "3.1.0")
        for path in contract["paths"]:
            got = self.server.ask(path.replace("{id}", "a").replace("{name}", "result.json") + ("?field=c_z" if path.endswith(("slice", "values")) else ""))[0]
            self.assertEqual(got, 200, path)

    def test_archie(self):
        points = self.server.json("/api/v1/compare?y=formation_factor&axis=x&ids=a,c,group~b")
        self.assertEqual(len(points["points"]), 3)
        self.assertGreater(points["archie"]["exponent"], 1)
        self.assertGreater(points["archie"]["error"], 0)

    def test_probes_have_a_port_of_their_own(self):
        probes = self.server.probes
        for path, words in ("/healthz", b"alive"), ("/readyz", b"ready"), ("/metrics", b"lapilli_runs{state=\"done\"}"):
            status, _, body = self.server.ask(path, port=probes, Host="10.42.0.9:8081")
            self.assertEqual((status, words in body), (200, True), path)
            self.refused(path, 404)
        self.assertEqual(self.server.ask("/api/v1/runs", port=probes)[0], 404)


class Refusals(unittest.TestCase):
    """What stops it before it begins, and how it ends."""

    def test_words(self):
        pathlib.Path("here").mkdir()
        for words, part in ((["nowhere"], "cannot serve nowhere"), ([], "no folder is given"), (["here", "--listen", "evil.example:80"], "no address"),
                            (["here", "--listen", "127.0.0.1:99999"], "no address"), (["here", "--trust", "evil"], "no address"), (["here", "--trust", "10.0.0.0/33"], "or a network"),
                            (["here", "--listen", "192.0.2.1:8080"], "cannot listen at 192.0.2.1:8080")):
            done = subprocess.run([LAPILLI, "serve", *words], capture_output=True, text=True, timeout=20)
            self.assertIn(done.returncode, (1, 2), words)
            self.assertIn(part, done.stderr)

    def test_it_ends_in_good_order(self):
        make_run("ending/a")
        with Server("ending", "--drain", "1s", probes=True) as server:
            server.wait_for("a")
            server.process.terminate()
            time.sleep(0.3)
            self.assertEqual(server.ask("/readyz", port=server.probes)[0], 503)  # proxies are told,
            _, heads, _ = server.ask("/api/v1/runs")  # and who still comes is answered
            self.assertEqual(heads["Connection"], "close")
            self.assertEqual(server.process.wait(20), 0)


if __name__ == "__main__":
    unittest.main()
