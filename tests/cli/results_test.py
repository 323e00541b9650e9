# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""Results of all kinds are as docs/result.schema.json says: each key that they have is in it, and each that it asks for is there."""
import json
import os
import pathlib
import signal
import subprocess
import sys
import time
import unittest

try:
    import jsonschema
except ImportError: # another Python than the system's, which has the package
    system = "/usr/bin/python3"
    if os.path.exists(system) and os.path.realpath(sys.executable) != os.path.realpath(system):
        os.execv(system, [system, *sys.argv])
    print("skipped: there is no jsonschema in Python; run scripts/install_packages --test", file=sys.stderr)
    sys.exit(77)

LAPILLI = os.environ["LAPILLI"]
SCHEMA = json.loads((pathlib.Path(os.environ["LAPILLI_SOURCE_DIR"]) / "docs" / "result.schema.json").read_text())


def closed(schema):
    """The same, where no object may have keys that are not named. Readers of results shall not mind more keys; this test does."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    schema = {key: closed(part) for key, part in schema.items()}
    return schema if "properties" not in schema else {"additionalProperties": False} | schema


def run(*words, code=0):
    done = subprocess.run([LAPILLI, *map(str, words)], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert done.returncode == code, f"{words} ended with {done.returncode}: {done.stderr}"
    return done.stdout


def killed(folder, *words):
    """A run that was killed after its first checkpoint."""
    process = subprocess.Popen([LAPILLI, *words, "--out", folder], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                               stdin=subprocess.DEVNULL, start_new_session=True)
    progress = pathlib.Path(folder) / "progress.jsonl"
    for _ in range(3000):
        if progress.exists() and progress.read_text().count('"event":"checkpoint"') > 1:
            break
        time.sleep(0.02)
    assert process.poll() is None, "it ended before it was killed"
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


class Results(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        run("generate", "blobs", "--size", 40, "--porosity", 0.5, "--seed", 1, "-o", "rock.tif")
        run("generate", "layers", "--size", 16, "-o", "layers.tif")
        run("generate", "blobs", "--shape", "1x40x40", "--porosity", 0.7, "--seed", 1, "-o", "plane.tif")

    def check(self, *words, code=0):
        folder = [] if "--out" in words or words[0] != "analyze" else ["--out", self.id()]
        text = run(*words, *folder, "--json", "--ranks", 1, code=code)
        result = json.loads(text)
        faults = [f"{fault.json_path}: {fault.message[:300]}" for fault in jsonschema.Draft202012Validator(closed(SCHEMA)).iter_errors(result)]
        self.assertEqual(faults, [])
        return result["result"], result

    def test_the_schema_is_one(self):
        jsonschema.Draft202012Validator.check_schema(SCHEMA)

    def test_a_key_more_or_less_is_noticed(self):
        _, result = self.check("porosity", "rock.tif")
        for edit in (lambda r: r.update(more=1), lambda r: r["result"]["percolation"]["x"].pop("pores"),
                     lambda r: r["result"]["porosity"].update(total="half")):
            wrong = json.loads(json.dumps(result))
            edit(wrong)
            self.assertFalse(jsonschema.Draft202012Validator(closed(SCHEMA)).is_valid(wrong))

    def test_sealed(self):
        found, _ = self.check("analyze", "rock.tif", "--voxel", "2um", "--blocks", 2, "--segmentation")
        self.assertIn("correction", found["permeability"]["x"])
        self.check("permeability", "rock.tif", "--axis", "z", "--blocks", 0)

    def test_refined(self):
        found, _ = self.check("analyze", "rock.tif", "--voxel", "2um", "--refine", 2, "--crop", "0:24,0:24,0:24")
        self.assertIn("two_grid", found["diffusivity"]["x"])

    def test_periodic(self):
        found, _ = self.check("analyze", "rock.tif", "--boundary", "periodic", "--refine", 2, "--crop", "0:24,0:24,0:24")
        self.assertIn("two_grid", found["permeability"])

    def test_several_phases(self):
        self.check("diffusivity", "rock.tif", "--conductivity", "0=1", "--conductivity", "1=0.1", "--boundary", "periodic", "--blocks", 0)
        self.check("diffusivity", "rock.tif", "--conductivity", "0=1", "--conductivity", "1=0.1", "--blocks", 0)

    def test_what_does_not_percolate(self):
        found, _ = self.check("analyze", "layers.tif", "--blocks", 0)
        self.assertFalse(all(found["diffusivity"][axis]["percolates"] for axis in "xyz"))

    def test_what_does_not_converge(self):
        _, result = self.check("permeability", "rock.tif", "--max-iterations", 2, "--blocks", 0, code=3)
        self.assertEqual(result["status"], "not converged")

    def test_a_plane_and_voxels_that_are_no_cubes(self):
        self.check("permeability", "plane.tif", "--axis", "x,y", "--blocks", 0)
        found, _ = self.check("permeability", "rock.tif", "--voxel", "x=2um,y=2um,z=4um", "--blocks", 0)
        self.assertIn("voxel_units_note", found["permeability"])

    def test_what_was_added_to_a_folder(self):
        self.check("diffusivity", "rock.tif", "--blocks", 0, "--out", "both")
        _, result = self.check("permeability", "rock.tif", "--blocks", 0, "--out", "both")
        self.check("percolation", "rock.tif", "--out", "both")
        self.assertEqual(len(result["runs"]), 2)

    def test_a_plan(self):
        found, _ = self.check("analyze", "rock.tif", "--plan")
        self.assertIn("plan", found)

    def test_what_was_resumed(self):
        words = ("analyze", "rock.tif", "--accuracy", "1e-9", "--blocks", "0", "--checkpoint-every", "0s", "--ranks", "1")
        killed("resumed", *words)
        _, result = self.check(*words[:-2], "--out", "resumed")
        self.assertIsNotNone(result["run"]["resumed_from"])


if __name__ == "__main__":
    unittest.main()
