# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""The program is found, started by itself and ended, and what it leaves behind goes."""

import copy
import errno
import fcntl
import gc
import os
import pickle
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import lapilli
import numpy as np
import pytest

SWEEP = (
    "import lapilli, numpy as np, os\n"
    "rank = int(os.environ['OMPI_COMM_WORLD_RANK'])\n"
    "im = np.arange(512).reshape(8, 8, 8) < 128 * (rank + 1)\n"
    "for ranks in (1, 2):\n"
    "    assert lapilli.porosity(im, ranks=ranks).porosity.value == 0.25 * (rank + 1)\n"
    "os.write(1, b'fine\\n')\n"
)
LONG = (
    "import lapilli, sys\n"
    "im = lapilli.generate('blobs', 72, porosity=0.4, correlation=3, seed=1)\n"
    "lapilli.permeability(im, axis='z', accuracy=1e-300, blocks=0, ranks=1, {})\n"
)


def test_ranks_of_a_sweep_have_their_own_runs():
    mpirun = shutil.which("mpirun")
    command = [mpirun, "-np", "2", "--oversubscribe", sys.executable, "-W", "ignore", "-c", SWEEP]
    found = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert found.stdout.count("fine") == 2, found.stderr


def test_only_what_a_launcher_has_set_is_kept_away(monkeypatch):
    of_launcher = ("OMPI_COMM_WORLD_SIZE", "OMPI_UNIVERSE_SIZE", "OMPI_MCA_ess", "OMPI_MCA_orte_hnp_uri", "PMIX_RANK", "PMI_FD")
    of_user = ("OMPI_MCA_btl", "OMPI_ALLOW_RUN_AS_ROOT", "PMIX_MCA_gds")
    for name in of_user:
        monkeypatch.setenv(name, "1")
    monkeypatch.setenv("OMPI_MCA_orte_tmpdir_base", "/tmp")
    assert lapilli._program._environment() == dict(os.environ)
    for name in of_launcher:
        monkeypatch.setenv(name, "4")
    known = lapilli._program._environment()
    assert not {*of_launcher} & {*known}
    assert {*of_user} <= {*known}


def running(folder):
    """Ids of the programs that write into a folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = process.read_bytes()
        except OSError:  # it has ended
            continue
        if f"--out={folder}".encode() in words:
            found.append(int(process.parent.name))
    return found


def wait_until(condition):
    for _ in range(600):
        if condition():
            return
        time.sleep(0.05)
    pytest.fail("it takes more than 30 s")


@pytest.mark.parametrize("order", [signal.SIGTERM, signal.SIGKILL])
def test_the_program_ends_with_python(tmp_path, order):
    out = tmp_path / "out"
    with subprocess.Popen([sys.executable, "-c", LONG.format("out=sys.argv[1]"), str(out)]) as child:
        wait_until((out / "progress.jsonl").exists)
        assert running(out)
        child.send_signal(order)
    wait_until(lambda: not running(out))
    assert not (out / "result.json").exists()  # which one that had gone on would have written


def test_folders_of_killed_processes_go(tmp_path):
    killed, alive, young = (tmp_path / f"lapilli-py-{name}" for name in ("killed", "alive", "young"))
    for folder in (killed, alive, young):
        folder.mkdir()
        (folder / "array.raw").touch()
        if folder is not young:
            os.utime(folder, (0, 0))
    lock = os.open(alive, os.O_RDONLY)
    fcntl.flock(lock, fcntl.LOCK_EX)
    mine = lapilli._scratch.Folder(str(tmp_path))
    os.utime(mine.path, (0, 0))
    other = lapilli._scratch.Folder(str(tmp_path))
    os.close(lock)
    assert {*tmp_path.iterdir()} == {alive, young, mine.path, other.path}


def test_copies_of_a_result_leave_its_folder(image):
    found = lapilli.diffusivity(image, axis="z", blocks=0, ranks=1)
    for made in (copy.deepcopy(found), copy.copy(found), pickle.loads(pickle.dumps(found))):
        assert made.data == found.data
        del made
        gc.collect()
        assert (found.folder / "result.json").exists()
    folder, kept = found.folder, copy.deepcopy(found)
    del found
    gc.collect()
    assert folder.exists()
    del kept
    gc.collect()
    assert not folder.exists()


def test_ctrl_c_says_what_is_left(image, monkeypatch):
    def stopped(*_):
        raise lapilli.Stopped("the run was stopped: in /tmp/gone; the same command goes on from there")

    monkeypatch.setattr(lapilli._verb, "run_json", stopped)
    with pytest.raises(lapilli.Stopped, match="nothing of it is left; give it a folder with out="):
        lapilli.analyze(image)
    with pytest.raises(lapilli.Stopped, match="goes on from there"):
        lapilli.analyze(image, out="anywhere")


def test_what_is_no_program_is_said(tmp_path, monkeypatch):
    text = tmp_path / "lapilli"
    text.write_text("")
    nonsense = tmp_path / "nonsense"
    nonsense.write_bytes(b"\x7fELF")
    nonsense.chmod(0o755)
    for path, sentence in (
        ("/nope", "names /nope, which is no program"),
        (tmp_path, "which is no program"),
        (text, "which is no program"),
        (nonsense, "the program ended with exit code 12[67]"),
        (shutil.which("true"), "printed nothing, but a result was expected"),
    ):
        monkeypatch.setenv("LAPILLI_PROGRAM", str(path))
        with pytest.raises(lapilli.Error, match=sentence):
            lapilli.porosity(np.ones((2, 2, 2), bool))
    monkeypatch.setenv("LAPILLI_PROGRAM", str(nonsense))
    monkeypatch.setenv("PATH", "")  # where there is no setpriv
    with pytest.raises(lapilli.Error, match=f"cannot start {nonsense} .Exec format error"):
        lapilli.porosity(np.ones((2, 2, 2), bool))


def test_a_full_folder_for_temporary_files_is_said(image, monkeypatch):
    def full(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("tempfile.mkdtemp", full)
    with pytest.raises(lapilli.Error, match="No space left on device"):
        lapilli.generate("open", 8)
    with pytest.raises(lapilli.Error, match=r"No space left on device\); name another folder with the variable TMPDIR"):
        lapilli.porosity(image)
