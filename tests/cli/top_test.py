# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""`lapilli top` at a terminal, as a person uses it, and without one. Whatever ends it, the terminal is as it was before."""
import fcntl
import json
import os
import pathlib
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time

program = os.environ["LAPILLI"]
enter_page, leave_page = "\x1b[?1049h", "\x1b[?1049l"
faults = []
os.environ.pop("NO_COLOR", None)
os.environ.pop("COLUMNS", None)


def expect(what, found, wanted=True):
    if found != wanted:
        faults.append(f"{what}: {found!r} instead of {wanted!r}")


def once(*words, **variables):
    return subprocess.run([program, "top", *words], capture_output=True, text=True, stdin=subprocess.DEVNULL, env={**os.environ, **variables})


class Live:
    """The program at a terminal of its own."""

    def __init__(self, *words, columns=80, **variables):
        self.seen = ""
        self.end, terminal = pty.openpty()
        self.resize(columns)
        self.before = termios.tcgetattr(terminal)
        self.terminal = terminal
        self.child = subprocess.Popen([program, "top", *words], stdin=terminal, stdout=terminal, stderr=terminal, start_new_session=True,
                                      preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
                                      env={**os.environ, "TERM": "xterm", "LANG": "C.UTF-8", "LC_ALL": "", **variables})

    def resize(self, columns):
        fcntl.ioctl(self.end, termios.TIOCSWINSZ, struct.pack("HHHH", 12, columns, 0, 0))

    def read(self):
        if select.select([self.end], [], [], 0.1)[0]:
            self.seen += os.read(self.end, 65536).decode(errors="replace")

    def wait_for(self, text):
        """Until that has been shown; what comes later is another matter."""
        until = time.monotonic() + 30
        while text not in self.seen:
            if time.monotonic() > until:
                self.child.kill()
                sys.exit(f"no {text!r} within 30 s: {self.seen!r}")
            self.read()
        shown, self.seen = self.seen.split(text, 1)
        return shown

    def type(self, keys):
        os.write(self.end, keys.encode())

    def ended(self):
        """The exit code, and whether the terminal is as it was: keys, and the page that was there."""
        until = time.monotonic() + 30
        while self.child.poll() is None and time.monotonic() < until:
            self.read()
        self.read()
        same = termios.tcgetattr(self.terminal) == self.before
        return self.child.wait(1), same and self.seen.rstrip().endswith(leave_page)


def check_once():
    said = once("runs")
    expect("code", said.returncode, 0)
    lines = said.stdout.splitlines()
    expect("no escape where no terminal is", "\x1b" in said.stdout, False)
    expect("head", lines[1].split()[:2], ["RUN", "STATE"])
    expect("failing on top", [line.split()[0] for line in lines[2:]], ["bad", "old", "new"])
    expect("sentence", "needs 31 GB" in lines[2])
    expect("decimal commas", once("runs", LC_ALL="de_DE.UTF-8", LC_NUMERIC="de_DE.UTF-8").stdout.splitlines()[2:], lines[2:])
    expect("no UTF-8", once("runs", LC_ALL="C").stdout.isascii())
    expect("40 columns", max(map(len, once("runs", COLUMNS="40").stdout.splitlines())) <= 40)
    told = json.loads(once("runs", "--json").stdout)
    expect("JSON", [(run["folder"], run["status"]) for run in told["runs"]],
           [("runs/bad", "failed"), ("runs/old", "silent"), ("runs/new", "running")])
    expect("value", told["runs"][2]["value"]["unit"], "mD")
    expect("one run", "new" in once("runs/new").stdout)
    expect("no runs", "no runs yet" in once("nothing").stdout)
    expect("no folder", (once("missing").returncode, once("runs/new/progress.jsonl").returncode), (2, 2))


def check_keys():
    live = Live("runs")
    live.wait_for(enter_page)
    live.wait_for("> bad")
    live.wait_for("Enter follow")
    live.type("\x1b[B\x1b[B")
    live.wait_for("> new")
    live.type("s")
    live.wait_for("sort: name")
    live.type("\x1b[B\r")  # bad, new, old
    live.wait_for("runs/new   running")
    live.wait_for("iteration 3")
    with open("runs/new/progress.jsonl", "a", encoding="utf-8") as file:
        file.write('{"stage":"permeability","axis":"y","iteration":4,"value":0.74}\n')
    live.wait_for("iteration 4")
    live.type("\x1b")
    live.wait_for("> new")
    live.resize(40)
    live.wait_for("q quit  s sort: name  ↑↓ choose  Enter …")
    os.kill(live.child.pid, signal.SIGTSTP)
    live.wait_for(leave_page)
    os.waitpid(live.child.pid, os.WUNTRACED)  # as a shell does; what comes before it has stopped would be lost
    os.kill(live.child.pid, signal.SIGCONT)
    live.wait_for(enter_page)
    live.wait_for("> new")
    live.type("q")
    expect("q", live.ended(), (0, True))


def check_signals():
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGSEGV, signal.SIGABRT):
        live = Live("runs")
        live.wait_for("> bad")
        os.kill(live.child.pid, number)
        expect(number.name, live.ended(), (-number, True))
    live = Live("runs")
    live.wait_for("> bad")
    live.type("\x03")
    expect("Ctrl-C", live.ended(), (-signal.SIGINT, True))


def check_terminals():
    live = Live("runs")
    live.wait_for("\x1b[31mfailed")
    live.type("q")
    live.ended()
    live = Live("runs", NO_COLOR="1", LANG="C")
    shown = live.wait_for("Enter follow")
    expect("NO_COLOR", re.findall("\x1b\\[[0-9]+m", shown), [])
    expect("no UTF-8", shown.isascii())
    live.type("q")
    live.ended()
    live = Live("runs", TERM="dumb")
    live.wait_for("RUN ")
    expect("a terminal that knows nothing", (live.child.wait(30), enter_page in live.seen), (0, False))


def write(run, *events, age_s=0):
    path = pathlib.Path("runs", run, "progress.jsonl")
    path.parent.mkdir(parents=True)
    path.write_text("".join(json.dumps(event) + "\n" for event in events), encoding="utf-8")
    os.utime(path, (time.time() - age_s,) * 2)


pathlib.Path("nothing").mkdir()
begin = {"event": "start", "image": {"path": "a.tif", "voxel_size_m": 2e-6}, "ranks": 4}
write("new", begin, {"stage": "permeability", "axis": "y", "iteration": 3, "value": 0.75, "bound": 0.006, "eta_all_s": 240})
write("old", {"stage": "diffusivity", "axis": "z", "iteration": 2, "value": 0.0312}, age_s=7200)
write("bad", begin, {"event": "end", "status": "failed", "exit": 2, "sentence": "the image needs 31 GB, where 24 GB are available"})
for check in (check_once, check_keys, check_signals, check_terminals):
    os.utime("runs/new/progress.jsonl")
    check()
print("\n".join(f"FAILED: {fault}" for fault in faults))
sys.exit(1 if faults else 0)
