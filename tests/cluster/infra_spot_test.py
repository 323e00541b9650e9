# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""The guard of spot machines of Azure empties its node when an event says so, and not otherwise; with events on loopback and a k3s that
is played and writes down how it was called."""
import http.server
import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest

CLOUD_INIT = pathlib.Path(__file__).resolve().parents[2] / "infra" / "azure" / "cloud-init"
NODE = socket.gethostname().lower()
CORDON = f"--request-timeout=5s cordon {NODE}"
DELETE = f"--request-timeout=5s delete pods --all-namespaces --field-selector spec.nodeName={NODE} --wait=false"
UNCORDON = f"--request-timeout=5s uncordon {NODE}"
FAKE_K3S = """#!/bin/bash
case $* in "kubectl --kubeconfig $LAPILLI_ROOT/var/lib/rancher/k3s/agent/kubelet.kubeconfig "*) ;; *) exit 1 ;; esac
echo "${*:4}" >>"$LAPILLI_ROOT/calls"
[[ ! -e $LAPILLI_ROOT/fails || $5 != $(<"$LAPILLI_ROOT/fails") ]]
"""


def events(kind, *names):
    return json.dumps({"DocumentIncarnation": 1, "Events": [
        {"EventId": "A", "EventType": kind, "ResourceType": "VirtualMachine", "Resources": list(names), "EventStatus": "Scheduled"}]})


NOTHING = json.dumps({"DocumentIncarnation": 0, "Events": []})


class Metadata(http.server.BaseHTTPRequestHandler):
    answer, asked = NOTHING, 0

    def do_GET(self):
        right = self.headers.get("Metadata") == "true" and self.path == "/metadata/scheduledevents?api-version=2020-07-01"
        body = (Metadata.answer if right else "{}").encode()
        self.send_response(200 if right else 400)
        self.end_headers()
        self.wfile.write(body)
        Metadata.asked += 1

    def log_message(self, *_):
        pass


class Spot(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.root = pathlib.Path(scratch.name)
        (self.root / "bin").mkdir()
        (self.root / "bin/k3s").write_text(FAKE_K3S)
        (self.root / "bin/k3s").chmod(0o755)
        self.mark = self.root / "var/lib/lapilli/spot_guard"
        kubeconfig = self.root / "var/lib/rancher/k3s/agent/kubelet.kubeconfig"
        kubeconfig.parent.mkdir(parents=True)
        kubeconfig.touch()
        Metadata.answer, Metadata.asked = NOTHING, 0
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Metadata)
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        self.start()

    def start(self):
        self.said = open(self.root / "said", "a+", encoding="utf-8")
        self.addCleanup(self.said.close)
        self.guard = subprocess.Popen([sys.executable, CLOUD_INIT / "spot_guard"], stdout=self.said, stderr=self.said, env={
            "PATH": f"{self.root}/bin:{os.environ['PATH']}", "LAPILLI_ROOT": str(self.root), "SPOT_PAUSE": "0.05",
            "http_proxy": "http://127.0.0.1:1",  # is not for this address
            "SPOT_EVENTS": f"http://127.0.0.1:{self.server.server_port}/metadata/scheduledevents?api-version=2020-07-01"})
        self.addCleanup(self.end)

    def end(self):
        self.guard.kill()
        self.guard.wait()

    def calls(self):
        file = self.root / "calls"
        return file.read_text().splitlines() if file.exists() else []

    def some_looks(self):
        """Until the guard has acted on what it was told: three more looks have begun."""
        before, until = Metadata.asked, time.monotonic() + 20
        while Metadata.asked < before + 3:
            self.assertIsNone(self.guard.poll(), (self.root / "said").read_text())
            self.assertLess(time.monotonic(), until)
            time.sleep(0.01)

    def tell(self, answer):
        Metadata.answer = answer
        self.some_looks()

    def test_a_machine_that_is_taken_away_is_emptied_once_and_used_again_when_it_is_back(self):
        self.some_looks()
        self.assertEqual(self.calls(), [])
        self.tell(events("Preempt", "another", NODE.upper()))
        self.some_looks()
        self.assertEqual(self.calls(), [CORDON, DELETE])
        self.assertIn("(Preempt): its pods were asked to end", (self.root / "said").read_text())
        self.end()
        Metadata.answer = NOTHING
        self.start()  # as at the next boot
        self.some_looks()
        self.assertEqual(self.calls(), [CORDON, DELETE, UNCORDON])
        self.assertFalse(self.mark.exists())

    def test_other_events_and_other_machines_are_left_alone(self):
        for answer in (events("Freeze", NODE), events("Reboot", NODE), events("Preempt", "another"), events("Terminate")):
            self.tell(answer)
        self.assertEqual(self.calls(), [])
        self.tell(events("Terminate", NODE))
        self.assertEqual(self.calls(), [CORDON, DELETE])

    def test_it_tries_again_until_it_went_well(self):
        (self.root / "fails").write_text("cordon")
        self.tell(events("Preempt", NODE))
        self.assertEqual(self.calls()[:2], [CORDON, DELETE])  # the pods are asked all the same
        self.assertGreater(self.calls().count(CORDON), 1)
        (self.root / "fails").unlink()
        self.some_looks()
        done = len(self.calls())
        self.some_looks()
        self.assertEqual(len(self.calls()), done)

    def test_answers_that_are_none_are_said_once_and_asked_again(self):
        for answer in ("<html>", "[]", '{"Events": [{}]}', '{"Events": [{"EventType": "Preempt", "Resources": [1]}]}'):
            self.tell(answer)
        said = (self.root / "said").read_text().splitlines()
        self.assertEqual(len(said), 4, said)
        for line in said:
            self.assertRegex(line, r"^spot_guard: error: .*; expected .* to tell them; trying again$")
        self.tell(events("Preempt", NODE))
        self.assertEqual(self.calls(), [CORDON, DELETE])

    def test_it_waits_for_k3s_before_it_says_that_the_machine_is_back(self):
        kubeconfig = self.root / "var/lib/rancher/k3s/agent/kubelet.kubeconfig"
        kubeconfig.unlink()
        self.mark.parent.mkdir(parents=True)
        self.mark.touch()
        self.some_looks()
        self.assertEqual(self.calls(), [])
        kubeconfig.touch()
        self.some_looks()
        self.assertEqual(self.calls(), [UNCORDON])

    @unittest.skipUnless(shutil.which("systemd-analyze"), "there is no systemd-analyze")
    def test_systemd_understands_the_unit(self):
        units, targets = self.root / "etc/systemd/system", pathlib.Path("/usr/lib/systemd/system")
        shutil.copytree(targets if (targets / "sysinit.target").exists() else "/lib/systemd/system", units, symlinks=True)
        shutil.copy(CLOUD_INIT / "spot_guard.service", units)
        (self.root / "usr/local/sbin").mkdir(parents=True)
        shutil.copy(CLOUD_INIT / "spot_guard", self.root / "usr/local/sbin")
        done = subprocess.run(["systemd-analyze", "verify", f"--root={self.root}", "spot_guard.service"], text=True, capture_output=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertNotIn("spot_guard", done.stderr)


if __name__ == "__main__":
    unittest.main()
