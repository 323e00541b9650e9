# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""What can happen to a job. Each fault is a generator of four steps: it prepares the round; harms the job, and says by the value that it
yields what comes of it: the job "survives", it is "ended" by the fault itself, or that is "noticed" by the launcher only later; mends what
it did; cleans up after the end of the job."""
import os
import signal
import time

from torture_job import await_true, is_on, node, nodes, processes

DAEMONS = ("orted", "prted")
RANKS = ("lapilli",)


def killed(*names):
    def fault(job, rng):
        job.options = []
        yield
        os.kill(rng.choice(processes(*names)), signal.SIGKILL)
        yield "noticed"
        yield
    return fault


def launcher_killed(job, rng):
    job.options = []
    yield
    job.stop(signal.SIGKILL, -signal.SIGKILL)
    yield "ended"
    job.start()
    yield


def launcher_stopped(job, rng, meanwhile=lambda job, rng: None):
    """By SIGTERM, and started again; `meanwhile` happens between."""
    job.options = ["--elastic", "--patience", "2"]
    yield
    job.stop(signal.SIGTERM, 128 + signal.SIGTERM)
    meanwhile(job, rng)
    yield "ended"
    job.start()
    yield
    mend_everything()


def checkpoint_corrupted(job, rng):
    for newest in job.checkpoints()[-1:]:
        with open(newest, "r+b") as file:
            file.seek(rng.randrange(newest.stat().st_size))
            byte = file.read(1)
            file.seek(-1, os.SEEK_CUR)
            file.write(bytes([byte[0] ^ 0xFF]))


def checkpoint_truncated(job, rng):
    for newest in job.checkpoints()[-1:]:
        os.truncate(newest, rng.randrange(newest.stat().st_size))


def on_other_nodes(before, after):
    """Stopped, and started again on another number of nodes."""
    def fault(job, rng):
        chosen = rng.sample(nodes, max(before, after))

        def switch(number):
            for n in nodes:
                if is_on(n) and n not in chosen[:number]:
                    node("off", n)
                if not is_on(n) and n in chosen[:number]:
                    node("start", n)

        switch(before)
        yield from launcher_stopped(job, rng, lambda job, rng: switch(after))
    return fault


def writer_killed(job, rng):
    """While it writes a checkpoint."""
    job.options = []
    yield
    ranks = processes(*RANKS)
    await_true(lambda: job.writes() or job.launcher.poll() is not None, "a checkpoint to be written", 60, pause_s=0.001)
    for rank in ranks:
        os.kill(rank, signal.SIGKILL)
    yield "noticed"
    yield


def nodes_off(number, comes_back):
    """Power cut. comes_back: "before" the job goes on, "later", so that --elastic takes it in again, or "never"."""
    def fault(job, rng):
        job.options = [] if comes_back == "before" else ["--elastic", "--patience", "2"]
        yield
        chosen = rng.sample(nodes, number)
        for n in chosen:
            node("off", n)
        yield "noticed"
        if comes_back == "later":
            job.await_line("going on without")
        if comes_back != "never":
            for n in chosen:
                node("start", n)
        yield
        mend_everything()
    return fault


def for_a_while(harm, mend):
    """A node that is away too shortly for anybody to act."""
    def fault(job, rng):
        job.options = []
        yield
        n = rng.choice(nodes)
        node(harm, n)
        time.sleep(2)
        node(mend, n)
        yield "survives"
        yield
    return fault


def until_noticed(harm, mend):
    def fault(job, rng):
        job.options = []
        yield
        n = rng.choice(nodes)
        node(harm, n)
        yield "noticed"
        node(mend, n)
        yield
    return fault


def rank_frozen(job, rng):
    job.options = []
    yield
    rank = rng.choice(processes(*RANKS))
    os.kill(rank, signal.SIGSTOP)
    time.sleep(3)
    os.kill(rank, signal.SIGCONT)
    yield "survives"
    yield


def mend_everything():
    for n in nodes:
        if is_on(n):
            node("plug", n)
            node("thaw", n)
        else:
            node("start", n)


# The first eight, one of each kind, are what is played every time.
ALL = {
    "a rank killed": killed(*RANKS),
    "mpirun killed": killed("mpirun", "prterun"),
    "killed while writing a checkpoint": writer_killed,
    "newest checkpoint corrupted": lambda job, rng: launcher_stopped(job, rng, checkpoint_corrupted),
    "started again on fewer nodes": on_other_nodes(3, 2),
    "a node off, taken in again later": nodes_off(1, "later"),
    "a link down until noticed": until_noticed("unplug", "plug"),
    "the launcher killed, started again": launcher_killed,
    "a daemon of mpirun killed": killed(*DAEMONS),
    "the launcher stopped, started again": launcher_stopped,
    "newest checkpoint truncated": lambda job, rng: launcher_stopped(job, rng, checkpoint_truncated),
    "started again on more nodes": on_other_nodes(2, 3),
    "a node off, then on": nodes_off(1, "before"),
    "a node off for ever": nodes_off(1, "never"),
    "two nodes off at once, then on": nodes_off(2, "before"),
    "a link down for 2 s": for_a_while("unplug", "plug"),
    "a node frozen for 2 s": for_a_while("freeze", "thaw"),
    "a node frozen until noticed": until_noticed("freeze", "thaw"),
    "a rank frozen for 3 s": rank_frozen,
}
