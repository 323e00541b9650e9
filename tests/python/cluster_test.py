# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""Jobs of a cluster that tests/cluster/fake_kubectl plays."""

import os
import shutil
import signal
import subprocess
import threading
from pathlib import Path

import lapilli
import numpy as np
import pytest

LAUNCHER = "launcher|rock-launcher-x|u3||Running|0|{}|{}|||"
GOES_WELL = {
    "claim": "Bound",
    "helper.2": "Running|True|",
    "mpijob.1": "u1||Created Running",
    "pods.1": LAUNCHER.format("t", ""),
    "log.1": "2026-01-01T00:00:01.000000000Z diffusivity z  iteration 1\n",
    "log.rest": "2026-01-01T00:00:02.000000000Z diffusivity z  iteration 2\n",
}


@pytest.fixture
def cluster(tmp_path, monkeypatch):
    """Its folder; what a job runs in it, `work`, is a folder there."""
    sources = Path(__file__).parents[2]
    tools, fake = tmp_path / "bin", tmp_path / "fake"
    tools.mkdir()
    shutil.copy(sources / "tests/cluster/fake_kubectl", tools / "kubectl")
    (tools / "sleep").write_text("#!/bin/sh\nexec /bin/sleep 0.05\n")
    (tools / "sleep").chmod(0o755)
    (fake / "work").mkdir(parents=True)
    for name, words in GOES_WELL.items():
        (fake / name).write_text(words)
    monkeypatch.setenv("PATH", f"{tools}:{os.environ['PATH']}")
    monkeypatch.setenv("FAKE", str(fake))
    monkeypatch.setattr(lapilli.cluster, "_script", lambda name: ["bash", str(sources / "scripts/user" / name)])
    monkeypatch.setattr(lapilli._image, "_roomiest", lambda size: str(tmp_path))
    return fake


def run_as_its_pods_would(cluster):
    """The command line of the manifest that was applied, on this machine."""
    line = next(line for line in (cluster / "applied").read_text().splitlines() if "args: [launch, " in line)
    words = [word.strip().strip('"') for word in line.split("[launch, ")[1].rstrip("]").split(", ")]
    words = [word.replace("/work", str(cluster / "work")) for word in words]
    return subprocess.run([lapilli.program(), *words, "--ranks", "1", "--quiet"], check=False).returncode


def end(cluster, state, code):
    (cluster / "mpijob.1").write_text(f"u1|t|Created {state}")
    (cluster / "pods.1").write_text(LAUNCHER.format("", code))


def test_an_array_goes_to_a_cluster_and_its_result_comes_back(image, cluster, tmp_path):
    job = lapilli.submit(image == 0, 2, "2 um", verb="diffusivity", axis=0, blocks=0, memory="1Gi", slots=2)
    assert job.name.startswith("array-")
    assert (job.status, job.progress()) == ("Running", "2026-01-01T00:00:02.000000000Z diffusivity z  iteration 2")
    assert "replicas: 2" in (cluster / "applied").read_text()
    assert 'memory: "1Gi"' in (cluster / "applied").read_text()
    assert not list(tmp_path.glob("lapilli-*"))  # the array's file
    assert run_as_its_pods_would(cluster) == 0
    end(cluster, "Succeeded", 0)
    assert job.status == "Succeeded"
    found = lapilli.Job(job.name).result(tmp_path / "fetched")
    here = lapilli.diffusivity(image == 0, "2 um", axis=0, blocks=0, ranks=1)
    assert found.data["result"] == here.data["result"]
    assert found.folder == tmp_path / "fetched"
    assert job.result().data == found.data


def test_files_and_folders_go_by_their_names(image, cluster, tmp_path):
    np.save(tmp_path / "Dry Rock.npy", image)
    written = lapilli.convert(image, tmp_path / "rock.zarr", ranks=1)
    assert lapilli.submit(tmp_path / "Dry Rock.npy").name == "dry-rock"
    assert np.array_equal(np.load(cluster / "work/dry-rock/Dry Rock.npy"), image)
    (cluster / "submitted").unlink()
    job = lapilli.submit(str(written), verb="pore_size", name="zarr")
    there = cluster / "work/zarr/rock.zarr"
    assert lapilli.porosity(there, ranks=1).data["image"]["digest"] == lapilli.porosity(image, ranks=1).data["image"]["digest"]
    assert '"pore-size", "/work/zarr/rock.zarr"' in (cluster / "applied").read_text()
    assert repr(job) == "<lapilli.Job zarr in lapilli>"


def test_a_job_is_stopped_and_deleted(image, cluster):
    job = lapilli.submit(image, name="rock", namespace="team")
    job.stop()
    job.cancel(results=True)
    asked = (cluster / "calls").read_text()
    assert (
        '--namespace team --request-timeout 20s patch mpijob rock --type merge --patch {"spec": {"runPolicy": {"suspend": true}}}'
        in asked
    )
    assert "delete mpijob rock" in asked
    assert not (cluster / "work/rock").exists()


def test_what_fails_says_why(image, cluster):
    with pytest.raises(lapilli.Error, match="give it to the result"):
        lapilli.submit(image, out="here")
    with pytest.raises(lapilli.Error, match="--verb porosity is not possible"):
        lapilli.submit(image, verb="porosity")
    job = lapilli.submit(image, name="rock")
    (cluster / "log.rest").write_text("2026-01-01T00:00:01.000000000Z lapilli: error: the array has a flaw\n")
    end(cluster, "Failed", 2)
    with pytest.raises(lapilli.Error, match="the array has a flaw") as caught:
        job.result()
    assert caught.value.exit_code == 2
    (cluster / "down").touch()
    with pytest.raises(lapilli.Error, match="the cluster does not answer") as caught:
        _ = job.status
    assert caught.value.exit_code == 75


@pytest.mark.parametrize(("program", "script"), [("bin", "share/lapilli/scripts"), ("build/release/src", "scripts")])
def test_the_scripts_are_those_beside_the_program(tmp_path, monkeypatch, program, script):
    for name in (f"{program}/lapilli", f"{script}/user/submit.sh"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).touch(0o755)
    monkeypatch.setenv("LAPILLI_PROGRAM", str(tmp_path / program / "lapilli"))
    assert lapilli.cluster._script("submit.sh")[1:] == [str(tmp_path / script / "user/submit.sh")]
    with pytest.raises(lapilli.Error, match=r"there is no jobs\.sh"):
        lapilli.cluster._script("jobs.sh")


def test_ctrl_c_leaves_the_job_alone(image, cluster):
    job = lapilli.submit(image, name="rock")
    threading.Timer(0.5, os.kill, [os.getpid(), signal.SIGINT]).start()
    with pytest.raises(lapilli.Stopped, match="no longer following rock, which goes on"):
        job.result(progress=True)
    assert "delete mpijob" not in (cluster / "calls").read_text()
    assert job.status == "Running"
