# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""Numbers from arrays are those of the command line, bit for bit."""

import subprocess
import sys
import time
import warnings

import lapilli
import numpy as np
import pytest


@pytest.mark.parametrize("ranks", [1, 2])
def test_same_bits_as_the_command_line(image, command, ranks):
    mine = lapilli.diffusivity(image, "2 um", ranks=ranks, blocks=0)
    theirs = command("diffusivity", "--voxel", "2um", "--blocks", "0", "--ranks", "1")
    assert mine.data["result"] == theirs["result"]
    assert mine.data["summary"] == theirs["summary"]


@pytest.mark.parametrize("dtype", [np.uint8, np.int8, np.int16, ">u2", np.int32, ">i8", np.float16, np.float32, np.float64])
def test_labels_of_any_type(image, command, dtype):
    theirs = command("porosity", "--ranks", "1")
    assert lapilli.porosity(image.astype(dtype), ranks=1).data["image"]["digest"] == theirs["image"]["digest"]


def test_true_is_pore(image):
    assert lapilli.porosity(image == 0, ranks=1).porosity.value == lapilli.porosity(image, ranks=1).porosity.value == 0.4
    assert lapilli.porosity(image == 0, ranks=1, pore=0).porosity.value == pytest.approx(0.6, abs=1e-15)


def test_strided_arrays_and_planes(image):
    turned = np.asfortranarray(image)[::-1, :, ::2]
    assert lapilli.porosity(turned, ranks=1).porosity.value == pytest.approx((turned == 0).mean(), abs=1e-15)
    assert lapilli.porosity(image[3] * 0, ranks=1).shape == (1, 36, 32)


def test_axes_by_name_and_number(image):
    for axis in ("y", 1, ["y"], np.int64(1), -2):
        assert list(lapilli.diffusivity(image, axis=axis, ranks=1, blocks=0).diffusivity) == ["y"]
    assert sorted(lapilli.diffusivity(image, axis=[0, "x"], ranks=1, blocks=0).diffusivity) == ["x", "z"]


def test_voxels_in_metres_and_along_each_axis(image):
    assert lapilli.porosity(image, 2e-6, ranks=1).voxel_size == 2e-6
    assert lapilli.porosity(image, (4e-6, 2e-6, 2e-6), ranks=1).voxel_size == [4e-6, 2e-6, 2e-6]
    with pytest.raises(lapilli.Error, match="one or three"):
        lapilli.porosity(image, (1e-6, 2e-6))


def test_coordinates_of_xarray_give_the_voxel_size(image):
    xarray = pytest.importorskip("xarray")
    coordinates = {axis: (axis, (np.arange(n) + 0.5) * 3, {"units": "um"}) for axis, n in zip("zyx", image.shape)}
    labelled = xarray.DataArray(image, coordinates, ("z", "y", "x"))
    assert lapilli.porosity(labelled, ranks=1).voxel_size == pytest.approx(3e-6)
    assert lapilli.porosity(labelled == 0, ranks=1).porosity.value == 0.4
    assert lapilli.porosity(labelled[:, ::-2, :], ranks=1).voxel_size == pytest.approx([3e-6, 6e-6, 3e-6])
    assert lapilli.porosity(labelled.isel(x=[0, 1, 2, 4]), ranks=1).voxel_size is None  # unequal steps


class Tensor:
    """What torch has of an array, on a device or with gradients."""

    def __init__(self, array, type_of_numpy=True):
        self.array, self.dtype, self.type_of_numpy = array, f"torch.{array.dtype}", type_of_numpy

    def detach(self):
        return self

    def cpu(self):
        return self

    def numpy(self):
        if not self.type_of_numpy:
            raise TypeError("Got unsupported ScalarType BFloat16")
        return self.array


class Lazy:
    """What dask has of an array."""

    def __init__(self, array):
        self.array, self.shape, self.dtype = array, array.shape, array.dtype

    def compute(self):
        return self.array


@pytest.mark.parametrize("kind", [Tensor, Lazy, np.ma.array, np.ndarray.tolist])
def test_arrays_of_other_libraries(image, kind):
    assert lapilli.porosity(kind(image), ranks=1).porosity.value == 0.4
    if kind is not np.ndarray.tolist:
        assert lapilli.porosity(kind(image == 0), ranks=1).porosity.value == 0.4


def test_what_other_libraries_lose_is_refused(image):
    with pytest.raises(lapilli.Error, match="is masked"):
        lapilli.porosity(Lazy(np.ma.masked_equal(image, 1)))
    with pytest.raises(lapilli.Error, match="BFloat16"):
        lapilli.porosity(Tensor(image, type_of_numpy=False))


def test_options_are_what_python_has(image, tmp_path):
    file = tmp_path / "image.npy"
    np.save(file, image)
    wanted = np.where(image[4:20, :, 8:] == 0, 7, 1).astype(np.int16)
    options = {"crop": np.s_[4:20, ..., 8:32], "relabel": {0: 7}, "as_": np.dtype(np.int16), "ranks": 1}
    for source, crop in ((file, options["crop"]), (image, np.s_[4:-20, :, -24:]), (image, "4:20,:,8:32")):
        made = lapilli.convert(source, tmp_path / "made.npy", **{**options, "crop": crop}, force=True)
        assert np.array_equal(np.load(made), wanted)
        assert np.load(made).dtype == np.int16
    assert lapilli.porosity(image, crop=slice(4, 20), pore=np.array([0, 1]), ranks=1).shape == (16, 36, 32)
    for crop, sentence in ((np.s_[::2], "without steps"), (np.s_[4], "slices"), (np.s_[:, -9:], "not known")):
        with pytest.raises(lapilli.Error, match=sentence):
            lapilli.porosity(file, crop=crop)


def test_files_and_folders(image, tmp_path):
    image.tofile(tmp_path / "a.raw")
    found = lapilli.analyze(
        tmp_path / "a.raw", "1um", shape="40x36x32", type="u8", blocks=0, axis=0, out=tmp_path / "out", ranks=1
    )
    again = lapilli.read(tmp_path / "out")
    assert again.data["result"] == found.data["result"]
    assert lapilli.compare(found, tmp_path / "out", bits=True)["equal"]


def test_no_percolation_is_an_answer():
    wall = np.ones((8, 8, 8), bool)
    wall[4] = False
    with pytest.warns(lapilli.NotPercolating, match="axis z"):
        found = lapilli.diffusivity(wall, axis="z", ranks=1)
    assert found.diffusivity["z"].value == 0
    assert found.diffusivity["z"].formation_factor == np.inf
    assert not found.diffusivity["z"].percolates


def test_not_converged_is_a_warning_with_the_value(image):
    with pytest.warns(lapilli.NotConverged):
        found = lapilli.diffusivity(image, axis="x", max_iterations=1, accuracy=1e-12, blocks=0, ranks=1)
    assert 0 < found.diffusivity["x"].value < 1
    assert not found.converged


def test_errors_are_the_sentence_of_the_program(image):
    with pytest.raises(lapilli.Error, match=r"the array has the value 0\.5 at voxel") as caught:
        lapilli.diffusivity(image * 0.5, ranks=1)
    assert caught.value.exit_code == 2
    wrong = {
        "shape": [np.zeros(5), np.zeros((2, 2, 2, 2))],
        "is empty": [np.zeros((3, 0, 3)), np.zeros((0, 4))],
        "of type complex": [np.zeros((2, 2, 2), complex)],
        "of type object": [np.full((2, 2, 2), None)],
        "is masked": [np.ma.masked_equal(image, 0)],
        "nan at voxel": [np.full((2, 2, 2), np.nan)],
    }
    for sentence, arrays in wrong.items():
        for array in arrays:
            with pytest.raises(lapilli.Error, match=sentence):
                lapilli.porosity(array, ranks=1)
    with pytest.raises(lapilli.Error, match="there is no axis 3"):
        lapilli.diffusivity(image, axis=3)
    with pytest.raises(lapilli.Error, match="segmented already"):
        lapilli.segment(image == 0)


def test_an_array_without_voxel_size_is_no_warning(image):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        lapilli.porosity(image, ranks=1)


def test_memory_is_planned_without_solving(image):
    planned = lapilli.plan(image, ranks=1)
    assert 0 < planned["memory_bytes"] < 1e9
    assert planned["time_s"] > 0


def test_ctrl_c_leaves_a_checkpoint_and_goes_on(tmp_path):
    script = (
        "import lapilli, numpy as np, sys\n"
        "im = lapilli.generate('blobs', 72, porosity=0.4, correlation=3, seed=1)\n"
        "print('ready', flush=True)\n"
        "lapilli.permeability(im, axis='z', accuracy=1e-300, blocks=0, ranks=1, out=sys.argv[1])\n"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path / "out")], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert child.stdout.readline() == b"ready\n"
    progress = tmp_path / "out" / "progress.jsonl"
    for _ in range(300):
        if progress.exists() and b'"iteration":2' in progress.read_bytes():
            break
        time.sleep(0.1)
    child.send_signal(2)
    _, words = child.communicate(timeout=60)
    assert b"lapilli._errors.Stopped" in words, words.decode()
    assert list((tmp_path / "out" / "checkpoint").glob("*.h5"))


def test_ctrl_c_after_the_end_says_so(monkeypatch):
    def interrupted(child, progress):
        child.wait()
        return True

    monkeypatch.setattr(lapilli._program, "_wait", interrupted)
    with pytest.raises(lapilli.Stopped, match="had just ended"):
        lapilli._program.run(["--version"])


def seconds(call, times=3):
    """The least of several, as others use the machine, too."""
    taken = []
    for _ in range(times):
        begin = time.monotonic()
        call()
        taken.append(time.monotonic() - begin)
    return min(taken)


def test_import_takes_little_time():
    def run(module):
        return lambda: subprocess.run([sys.executable, "-c", f"import {module}"], check=True)

    assert seconds(run("lapilli")) < seconds(run("numpy")) + 0.5


def test_a_call_takes_little_longer_than_the_command_line(image, command):
    words = {"axis": "z", "blocks": 0, "ranks": 1}
    theirs = seconds(lambda: command("diffusivity", "--axis=z", "--blocks=0", "--ranks=1"))
    assert seconds(lambda: lapilli.diffusivity(image, **words)) < theirs + 0.5


def test_grey_values_are_segmented(image):
    random = np.random.default_rng(2)
    grey = np.where(image == 0, 20000, 30000) + random.normal(0, 1500, image.shape)
    labels = lapilli.segment(grey.astype(np.uint16))
    assert (labels != (image != 0)).mean() < 0.05
    passing = lapilli.porosity(grey.astype(np.uint16), segment=True, ranks=1)
    assert passing.data["image"]["digest"] == lapilli.porosity(labels, ranks=1).data["image"]["digest"]


@pytest.mark.parametrize("name", ["a.tif", "a.npy", "a.zarr"])
def test_arrays_are_written_as_they_are(image, tmp_path, name):
    grey = image.astype(np.float32) + 0.5
    written = lapilli.convert(grey, tmp_path / name, "2 um", ranks=1)
    again = lapilli.convert(written, tmp_path / "again.raw", ranks=1)
    assert np.array_equal(np.fromfile(again, "<f4").reshape(grey.shape), grey)
