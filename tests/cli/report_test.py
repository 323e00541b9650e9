# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""report.html of runs of all kinds: whole in itself, small, the same on any number of ranks, and with a sentence where there are no numbers."""
import html.parser
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import time
import unittest

LAPILLI = os.environ["LAPILLI"]


def run(*words, code=0):
    done = subprocess.run([LAPILLI, *map(str, words)], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert done.returncode == code, f"{words} ended with {done.returncode}: {done.stderr}"
    return done.stdout + done.stderr


class Page(html.parser.HTMLParser):
    """What of a page a browser would fetch, and its text."""

    def __init__(self, folder):
        super().__init__()
        self.addresses, self.words, self.tags, self.source = [], [], set(), pathlib.Path(folder, "report.html").read_text()
        self.feed(self.source)
        self.pictures = json.loads(re.search(r'id="data">(.*?)</script>', self.source)[1])["pictures"]
        self.text = " ".join(" ".join(self.words).split())

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.addresses += [value for name, value in attrs if name in ("src", "href", "srcset", "action", "poster")]

    def handle_data(self, data):
        self.words.append(data)


def report(folder):
    run("report", folder)
    return Page(folder)


class Report(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        run("generate", "spheres", "--size", 48, "--porosity", 0.4, "--seed", 1, "--voxel", "2um", "-o", "rock.tif", "--ranks", 1)
        for ranks in (1, 2):
            run("analyze", "rock.tif", "--ranks", ranks, "--out", f"ranks{ranks}", "--quiet")

    def test_is_whole_in_itself(self):
        page = Page("ranks1")
        for address in page.addresses:
            self.assertRegex(address, r"^(data:|#)")
        self.assertFalse({"iframe", "object", "embed", "base", "form"} & page.tags)
        self.assertLess(len(page.source), 500_000)

    def test_does_not_depend_on_ranks(self):
        first, second = (json.loads(pathlib.Path(f"ranks{ranks}", "pictures.json").read_text()) for ranks in (1, 2))
        self.assertEqual(set(first["pictures"]), {"image"} | {f"{field}_{axis}" for field in ("concentration", "pressure", "speed") for axis in "xyz"})
        self.assertEqual(first, second)

    def test_numbers_do_not_depend_on_it(self):
        run("analyze", "rock.tif", "--ranks", 1, "--out", "without", "--quiet", "--report", "none")
        self.assertFalse(pathlib.Path("without", "report.html").exists())
        self.assertFalse(pathlib.Path("without", "pictures.json").exists())
        results = [json.loads(pathlib.Path(folder, "result.json").read_text()) for folder in ("ranks1", "without")]
        self.assertEqual(results[0]["summary"], results[1]["summary"])
        self.assertIn("1 rank on 1 host", report("without").text)

    def test_small_has_the_middle_planes(self):
        run("analyze", "rock.tif", "--ranks", 1, "--out", "small", "--quiet", "--report", "small")
        pictures = json.loads(pathlib.Path("small", "pictures.json").read_text())["pictures"]
        self.assertEqual([len(pictures["image"]["planes"][axis]) for axis in "xyz"], [1, 1, 1])
        self.assertNotIn("volume", pictures["image"])
        self.assertIn("--report: 'big' is not a report", run("analyze", "rock.tif", "--report", "big", code=2))

    def test_is_made_anew_with_the_same_pictures(self):
        before = Page("ranks1").source
        pathlib.Path("ranks1", "report.html").unlink()
        self.assertEqual(report("ranks1").source, before)

    def test_of_what_does_not_percolate(self):
        run("generate", "layers", "--size", 32, "--thickness", 8, "-o", "<b>&\"'.tif", "--ranks", 1)
        run("analyze", "<b>&\"'.tif", "--ranks", 1, "--out", "layers", "--quiet")
        page = Page("layers")
        self.assertIn("nothing gets through: no pores connect the two faces", page.text)
        self.assertIn("size not known", page.text)
        self.assertNotIn("b", page.tags - {"body", "button", "bdi"} if "<b>&" in page.source else set())

    def test_of_a_run_that_is_stopped_and_then_killed(self):
        run("generate", "blobs", "--size", 128, "--porosity", 0.3, "--seed", 1, "-o", "big.tif", "--ranks", 1)

        def end_by(number, code, runs):
            started = subprocess.Popen([LAPILLI, "analyze", "big.tif", "--ranks", "1", "--out", "ended", "--quiet"], stderr=subprocess.DEVNULL)
            pictures, log, deadline = pathlib.Path("ended", "pictures.json"), pathlib.Path("ended", "progress.jsonl"), time.monotonic() + 60

            def at_work():
                begun = log.exists() and log.read_text().count('"event":"start"') == runs
                return begun and pictures.exists() and "concentration_x" in pictures.read_text()

            while not at_work() and time.monotonic() < deadline:
                time.sleep(0.05)
            started.send_signal(number)
            self.assertEqual(started.wait(), code)

        end_by(signal.SIGTERM, 143, 1)
        page = Page("ended")
        self.assertIn("The run was stopped. The same command goes on where it was.", page.text)
        self.assertEqual(page.text.count("– not known: the run was stopped"), 3)
        self.assertIn("lapilli analyze big.tif --ranks 1 --out ended --quiet", page.text)
        end_by(signal.SIGKILL, -9, 2)
        page = report("ended")
        self.assertIn("still at work, or was killed", page.text)
        self.assertIn("128 × 128 × 128 voxels", page.text)
        self.assertEqual(page.text.count("– not known yet: the run has not finished"), 3)
        self.assertIn("converge-diffusivity", page.source)

    def test_of_a_run_that_fails_while_no_page_can_be_written(self):
        words = [LAPILLI, "analyze", "rock.tif", "--ranks", "1", "--out", "full", "--fields", "--quiet", "--blocks", "0", "--axis", "x"]
        done = subprocess.run(["bash", "-c", 'ulimit -f 50; exec "$0" "$@"', *words], capture_output=True, text=True, stdin=subprocess.DEVNULL)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertRegex(done.stderr.splitlines()[-1], "lapilli: error: .*fields.h5")
        self.assertFalse([name for name in os.listdir("full") if name.startswith("report.html")])

    def test_pictures_are_made_of_fields_where_there_are_no_others(self):
        run("analyze", "rock.tif", "--ranks", 1, "--out", "fields", "--quiet", "--blocks", 0, "--fields")
        on_the_way = report("fields").pictures
        pathlib.Path("fields", "pictures.json").unlink()
        of_fields = report("fields").pictures
        self.assertEqual(set(of_fields), set(on_the_way))
        for key in ("planes", "chords", "volume", "colours"):
            self.assertEqual(of_fields["image"][key], on_the_way["image"][key])
        for axis in "xyz":
            for of_file, counted in zip(of_fields["image"]["profile"][axis], on_the_way["image"]["profile"][axis], strict=True):
                self.assertAlmostEqual(of_file, counted, delta=1e-3)
            self.assertEqual([plane["index"] for plane in of_fields[f"speed_{axis}"]["planes"]["z"]], [24])
        self.assertEqual((of_fields["speed_x"]["low"], of_fields["speed_x"]["high"]), (0.01, 10))
        for damage in (b"", b"\x89HDF\r\n\x1a\n" + bytes(2000)):
            pathlib.Path("fields", "fields.h5").write_bytes(damage)
            self.assertEqual(report("fields").pictures, {})

    def test_never_has_pictures_of_another_image(self):
        run("generate", "spheres", "--size", 48, "--porosity", 0.4, "--seed", 2, "-o", "other.tif", "--ranks", 1)
        shutil.copytree("ranks1", "another")
        run("porosity", "other.tif", "--ranks", 1, "--out", "another", "--replace", "--quiet")
        page = Page("another")
        self.assertEqual(page.pictures, {})
        self.assertNotIn('id="pictures"', page.source)
        self.assertEqual(report("another").pictures, {})

    def test_of_damaged_files(self):
        for name, damage in (("cut", lambda text: text[:-40]), ("empty", lambda text: ""), ("foreign", lambda text: '{"a": 1}'), ("deep", lambda text: "[" * 100_000)):
            with self.subTest(name):
                shutil.copytree("ranks1", name)
                for file in ("result.json", "pictures.json"):
                    path = pathlib.Path(name, file)
                    path.write_text(damage(path.read_text()))
                with open(pathlib.Path(name, "progress.jsonl"), "a") as log:
                    log.write('{"stage": "diffusi')
                page = report(name)
                self.assertIn("Damaged", page.text)
                self.assertEqual(page.text.count("– not known: there is no result that can be read"), 3)

    def test_refuses(self):
        os.mkdir("nothing")
        self.assertIn("neither a result.json nor a progress.jsonl", run("report", "nothing", code=2))
        self.assertIn("there is no folder nowhere", run("report", "nowhere", code=2))
        self.assertIn("no result folder is given", run("report", code=2))
        shutil.copytree("ranks1", "own")
        pathlib.Path("own", "report.html").write_text("<p>mine</p>")
        self.assertIn("was not written by lapilli", run("report", "own", code=2))
        self.assertIn("was not written by lapilli", run("analyze", "rock.tif", "--out", "own", "--ranks", 1, code=2))
        self.assertEqual(pathlib.Path("own", "report.html").read_text(), "<p>mine</p>")


unittest.main()
