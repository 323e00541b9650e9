# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""What the pages show is so: our side of docs/coming_from.md runs, its times were measured, and notebooks show what they did."""

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs"
THEIRS = re.compile(r"^import (porespy|taufactor|openimpala|openpnm|pumapy)", re.M)


def test_our_side_of_each_comparison_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"^```python\n(.*?)^```", (DOCS / "coming_from.md").read_text("utf-8"), re.M | re.S)
    ours = [block for block in blocks if not THEIRS.search(block)]
    assert len(ours) > 5
    names = {}
    for block in ours:
        exec(block, names)
    assert np.isfinite(names["r"].diffusivity["z"].tortuosity)
    assert {"network_pores.csv", "network_throats.csv", "network.npz"} <= {file.name for file in Path("rock.lapilli").iterdir()}


def test_the_page_of_the_module_runs(tmp_path, monkeypatch):
    pytest.importorskip("matplotlib").use("agg")
    monkeypatch.chdir(tmp_path)
    first, periodic, cluster = re.findall(r"^```python\n(.*?)^```", (DOCS / "python.md").read_text("utf-8"), re.M | re.S)
    assert "lapilli.submit" in cluster
    names = {}
    for block in (first, periodic):
        exec(block.replace('"blobs", 96', '"blobs", 16').replace('"2 um"', '"2 um", ranks=1'), names)
    assert names["im"].shape == (16, 16, 16)
    assert (tmp_path / "rock.html").exists()
    assert names["r"].diffusivity_tensor.value.shape == (3, 3)


def test_times_are_those_of_the_bench():
    page = (DOCS / "coming_from.md").read_text("utf-8")
    rows = re.findall(r"^\| (?:Lapilli|PoreSpy|TauFactor)[^|]* \| (?:≥ )?\d.*", page, re.M)
    assert len(rows) == 6
    measured = (DOCS.parent / "bench/README.md").read_text("utf-8").splitlines()
    assert [row for row in rows if row not in measured] == []


def test_notebooks_show_what_is_kept_in_them():
    pytest.importorskip("nbclient")
    done = subprocess.run([sys.executable, DOCS / "notebooks/execute", "--check"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
