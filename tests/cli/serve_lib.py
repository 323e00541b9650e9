# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""A server of `lapilli serve`, and requests to it that are as wrong as a test wants them."""
import http.client
import json
import os
import pathlib
import re
import signal
import socket
import struct
import subprocess
import time

LAPILLI = os.environ["LAPILLI"]


def result_of(value=1000.0, name="rock.tif", **more):
    """What a finished run would have written, as short as it can be."""
    quote = {"value": value, "unit": "mD", "parts": {"solver": 1e-3, "grid": 0.05, "sample": 0.2, "segmentation": None}}
    relative = {"value": 0.1, "unit": "1", "parts": {"solver": 1e-3, "grid": 0.05, "sample": 0.2, "segmentation": None}}
    return {"schema": 1, "status": "done", "program": {"name": "lapilli", "version": "0.1.0", "git": "0"},
            "image": {"path": f"/images/{name}", "shape": [64, 64, 64], "voxel_size_m": 2e-6, "digest": "xxh3:0"},
            "summary": {"permeability": {a: quote for a in "xyz"}, "diffusivity": {a: relative for a in "xyz"}},
            "result": {"porosity": {"total": 0.3, "boundary": "sealed"}}, "timing": {"total_s": 5.0},
            "run": {"ranks": 2, "command": "lapilli analyze rock.tif"}} | more


def make_run(folder, result=None):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True)
    (folder / "progress.jsonl").write_text('{"stage":"read"}\n')
    (folder / "result.json").write_text(json.dumps(result or result_of()))
    return folder


class Server:
    def __init__(self, folder, *words, probes=False):
        more = ["--probes", "127.0.0.1:0"] if probes else []
        self.process = subprocess.Popen([LAPILLI, "serve", str(folder), "--listen", "127.0.0.1:0", *more, *words], text=True,
                                        stdout=subprocess.PIPE, stdin=subprocess.DEVNULL)
        ports = [int(re.search(r":(\d+)/", self.process.stdout.readline())[1]) for _ in range(2 if probes else 1)]
        self.port, self.probes = ports[0], ports[-1]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def ask(self, path, method="GET", port=None, **heads):
        """Status, heads, body; the path goes out as it is."""
        connection = http.client.HTTPConnection("127.0.0.1", port or self.port, timeout=20)
        try:
            connection.putrequest(method, path, skip_host="Host" in heads, skip_accept_encoding=True)
            for name, value in heads.items():
                connection.putheader(name.replace("_", "-"), value)
            connection.endheaders()
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def json_without_time(self, path):
        return json.loads(self.ask(path)[2])

    def json(self, path, **heads):
        status, _, body = self.ask(path, **heads)
        assert status == 200, f"{path}: {status} {body[:300]}"
        return json.loads(body)

    def runs(self):
        return {run["id"]: run for run in self.json("/api/v1/runs?limit=1000")["runs"]}

    def wait_for(self, *ids):
        for _ in range(200):
            found = self.runs()
            if all(i in found for i in ids):
                return found
            time.sleep(0.05)
        raise AssertionError(f"{ids} do not come into the list")

    def raw(self, data, patience=5):
        """What it says to these bytes, until it closes or says no more."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=patience) as s:
            s.sendall(data)
            said = b""
            try:
                while part := s.recv(65536):
                    said += part
            except (TimeoutError, ConnectionResetError):
                pass
            return said

    def reader(self):
        """The process in which HDF5 is at work; None where there is none that lives."""
        for status in pathlib.Path("/proc").glob("[0-9]*/status"):
            try:
                text = status.read_text()
            except OSError:  # gone meanwhile
                continue
            if f"\nPPid:\t{self.process.pid}\n" in text and "\nState:\tZ" not in text:
                return int(status.parent.name)
        return None

    def memory_mb(self):
        text = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", text)[1]) / 1000

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(20)


def chunks(png):
    place = 8
    while place < len(png):
        size, name = struct.unpack(">I4s", png[place:place + 8])
        yield name, png[place + 8:place + 8 + size]
        place += size + 12
