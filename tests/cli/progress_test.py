# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""progress.jsonl says how a run began, what it plans, and how it ended, so that others can show it while it has no results."""
import datetime
import json
import os
import pathlib
import signal
import subprocess
import time
import unittest

LAPILLI = os.environ["LAPILLI"]
# No residual falls so far: the run ends only when it is told to, however fast the machine is.
LONG = ["permeability", "rock.tif", "--axis", "z", "--accuracy", "1e-300", "--max-iterations", "100000", "--blocks", "0",
        "--checkpoint-every", "0s", "--ranks", "2"]


def run(*words, code=0):
    done = subprocess.run([LAPILLI, *map(str, words)], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert done.returncode == code, f"{words} ended with {done.returncode}: {done.stderr}"
    return done.stderr


def lines(folder):
    text = pathlib.Path(folder, "progress.jsonl").read_text()
    return [json.loads(line) for line in text.split("\n")[:-1]]


def events(folder):
    return [line["event"] for line in lines(folder) if "event" in line]


def utc(text):
    return datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ")


def begun(folder, checkpoints):
    process = subprocess.Popen([LAPILLI, *LONG, "--out", folder], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                               stdin=subprocess.DEVNULL, start_new_session=True)
    for _ in range(3000):
        if pathlib.Path(folder, "progress.jsonl").exists() and events(folder).count("checkpoint") >= checkpoints:
            return process
        time.sleep(0.02)
    raise AssertionError("no checkpoint is written")


class Progress(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        run("generate", "blobs", "--size", 40, "--porosity", 0.5, "--seed", 1, "-o", "rock.tif", "--ranks", 1)

    def ends(self, folder, status, code):
        all_lines = lines(folder)
        self.assertEqual((all_lines[-1]["event"], all_lines[-1]["status"], all_lines[-1]["exit"]), ("end", status, code))
        times = [line["t"] for line in all_lines[events_from(all_lines):]]
        self.assertEqual(times, sorted(times))
        begin, end = (utc(line["time"]) for line in (all_lines[events_from(all_lines)], all_lines[-1]))
        self.assertLess(abs((end - begin).total_seconds() - times[-1]), 1.5)
        return all_lines

    def test_a_run_that_is_done(self):
        run("analyze", "rock.tif", "--blocks", 0, "--ranks", 2, "--out", "done")
        start, *_ = self.ends("done", "done", 0)
        self.assertEqual((start["event"], start["ranks"], start["hosts"], start["image"]["shape"]), ("start", 2, 1, [40] * 3))
        self.assertTrue(start["command"].startswith("lapilli analyze rock.tif "), start["command"])
        plan = next(line for line in lines("done") if line.get("event") == "plan")
        planned = [(step["stage"], step["axis"]) for step in plan["plan"]]
        self.assertAlmostEqual(sum(step["seconds"] for step in plan["plan"]), plan["time_s"])
        result = json.loads(pathlib.Path("done", "result.json").read_text())
        solved = [(solve["stage"], solve["axis"]) for solve in result["run"]["solves"]]
        self.assertEqual(planned, solved)
        self.assertEqual(planned, [(what, axis) for what in ("diffusivity", "permeability") for axis in "xyz"])
        self.assertTrue(all(solve["seconds"] > 0 for solve in result["run"]["solves"]))
        reading = utc(start["time"]) - utc(result["run"]["started"])  # the log begins when the image is read
        self.assertLessEqual(abs(reading.total_seconds()), 1)
        self.assertEqual(result["result"]["permeability"]["x"]["stopped_because"], "accuracy reached")

    def test_a_run_that_does_not_converge(self):
        run("diffusivity", "rock.tif", "--axis", "z", "--max-iterations", 1, "--accuracy", "1e-9", "--out", "short", code=3)
        self.assertNotIn("sentence", self.ends("short", "not converged", 3)[-1])
        result = json.loads(pathlib.Path("short", "result.json").read_text())
        self.assertEqual(result["result"]["diffusivity"]["z"]["stopped_because"], "iterations used up")

    def test_a_run_that_is_stopped_killed_and_goes_on(self):
        process = begun("stopped", 1)
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(), 143)
        self.assertIn("the same command goes on", self.ends("stopped", "stopped", 143)[-1]["sentence"])
        process = begun("stopped", events("stopped").count("checkpoint") + 2)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        self.assertEqual(events("stopped")[events("stopped").index("end") + 1:][:3], ["start", "plan", "resume"])
        self.assertNotEqual(events("stopped")[-1], "end")
        resume = [line for line in lines("stopped") if line.get("event") == "resume"]
        self.assertIsNotNone(resume[-1]["checkpoint"])

    def test_a_run_that_fails(self):
        words = [LAPILLI, "diffusivity", "rock.tif", "--axis", "x", "--fields", "--out", "failed", "--ranks", "1"]
        done = subprocess.run(["bash", "-c", 'ulimit -f 50; exec "$0" "$@"', *words], capture_output=True, text=True,
                              stdin=subprocess.DEVNULL)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn(self.ends("failed", "failed", 1)[-1]["sentence"], done.stderr)

    def test_a_run_that_is_at_work_is_left_alone(self):
        process = begun("shared", 1)
        before = events("shared").count("start")
        error = run("permeability", "rock.tif", "--axis", "x", "--out", "shared", code=2)
        self.assertIn("is another one", error)
        self.assertEqual(events("shared").count("start"), before)
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(), 143)


def events_from(all_lines):
    """Where the last run begins."""
    return max(i for i, line in enumerate(all_lines) if line.get("event") == "start")


unittest.main()
