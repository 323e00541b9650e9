# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""The job that is tortured, its processes, and the nodes that it runs on."""
import itertools
import json
import os
import pathlib
import shutil
import signal
import subprocess
import threading
import time

nodes = (1, 2, 3)
FIRST = ("percolation", None, None, None)  # event of a run that a killed one before cannot have spoilt by half a line
HERE = pathlib.Path(__file__).parent


def node(*words):
    """The script `node`: start, off, unplug, plug, freeze, thaw."""
    subprocess.run([HERE / "node", *map(str, words)], check=True, stdout=subprocess.DEVNULL)


def is_on(n):
    return (pathlib.Path(os.environ["CLUSTER"]) / f"node{n}.pid").exists()


def processes(*names):
    """Ids of the processes of the cluster with one of these names."""
    found = []
    for entry in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            state = (entry / "stat").read_text().rpartition(")")[2].split()[0]
            if (entry / "comm").read_text().strip() in names and state != "Z":
                found.append(int(entry.name))
        except OSError:
            pass  # it has just ended
    return sorted(found)


def await_true(condition, what, seconds, pause_s=0.02):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(f"waited {seconds:.0f} s in vain for {what}")
        time.sleep(pause_s)


class Job:
    """One analysis, started by lapilli-launch as often as it takes."""

    def __init__(self, image, folder):
        self.image = image
        self.folder = folder
        self.options = []
        self.launcher = None
        self.lines = []
        self.began = 0

    def start(self):
        cluster = pathlib.Path(os.environ["CLUSTER"])
        if self.launcher is None:
            shutil.rmtree(self.folder, ignore_errors=True)
            self.lines, self.began = [], time.monotonic()
        self.launcher = subprocess.Popen(
            [pathlib.Path(os.environ["LAPILLI"]).with_name("lapilli-launch"), "--hostfile", cluster / "hostfile",
             "--ssh", f"ssh -F {cluster}/ssh_config", *self.options,
             "analyze", self.image, "--checkpoint-every", "0s", "--blocks", "0", "--accuracy", "1e-9", "--out", self.folder, "--quiet"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        threading.Thread(target=self._listen, args=(self.launcher.stderr,), daemon=True).start()

    def _listen(self, stream):
        for line in stream:
            self.lines.append((time.monotonic(), line.rstrip()))

    def note(self, what):
        """Into the log. Returns the time."""
        self.lines.append((time.monotonic(), what))
        return self.lines[-1][0]

    def log(self):
        return "\n".join(f"  {when - self.began:6.1f} {line}" for when, line in self.lines)

    def events(self):
        """What it has written into its progress, one (stage, axis, phase, iteration) each."""
        try:
            lines = (self.folder / "progress.jsonl").read_text().split("\n")[:-1]
        except FileNotFoundError:
            return []
        events = []
        for line in lines:
            try:
                event = json.loads(line)
            except json.JSONDecodeError:
                continue  # a killed run left it unfinished
            event.setdefault("stage", event.get("event"))
            events.append(tuple(event.get(key) for key in ("stage", "axis", "phase", "iteration")))
        return events

    def await_events(self, number, seconds):
        """Until the job has written so many events since it began."""
        await_true(lambda: len(self.events()) >= number or self.launcher.poll() is not None, f"{number} events", seconds)
        assert self.launcher.poll() is None, "the job ended before it was harmed"

    def await_notice(self, since, seconds):
        """When the launcher first said, or showed, that something is wrong."""
        def first():
            said = [when for when, line in list(self.lines) if when > since and line.startswith("lapilli-launch: ")]
            return min(said, default=time.monotonic() if self.launcher.poll() is not None else None)
        await_true(first, "the launcher to notice", seconds)
        return first()

    def await_line(self, part, seconds=60):
        await_true(lambda: any(part in line for _, line in list(self.lines)), f"the launcher to say '{part}'", seconds)

    def await_new(self, done, restarted, seconds):
        """Until it has come to something that was not among its first `done` events, or to its end; where it was `restarted`, only
        what came after that counts. Returns the events that came again before."""
        again = []

        def is_back():
            events, begin = self.events(), done
            if restarted:
                if FIRST not in events[done:]:
                    return False
                begin = events.index(FIRST, done)
            again[:] = itertools.takewhile(set(events[:begin]).__contains__, events[begin:])
            return begin + len(again) < len(events)
        await_true(lambda: is_back() or self.launcher.poll() is not None, "new events", seconds)
        return again

    def await_end(self, seconds):
        """Until it is done. @throws AssertionError it ended with another code than 0"""
        await_true(lambda: self.launcher.poll() is not None, "the end of the job", seconds)
        code = self.launcher.returncode
        self.launcher = None
        assert code == 0, f"the job ended with code {code}"

    def stop(self, sent, code):
        """Ends the launcher by a signal, and expects it to return a code."""
        self.launcher.send_signal(sent)
        found = self.launcher.wait(60)
        assert found == code, f"the launcher returned {found} instead of {code}"

    def kill(self):
        """Ends all of it, whatever state it is in."""
        if self.launcher is not None:
            self.launcher.kill()
            self.launcher.wait()
            self.launcher = None
        for process in processes("mpirun", "prterun", "orted", "prted", "lapilli"):
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                pass

    def checkpoints(self):
        """Its whole checkpoints, oldest first."""
        return sorted((self.folder / "checkpoint").glob("[0-9]*-[0-9]*.h5"), key=lambda file: file.stat().st_mtime_ns)

    def writes(self):
        """Whether it is just writing a checkpoint."""
        return any(".tmp-" in name for name in os.listdir(self.folder / "checkpoint"))
