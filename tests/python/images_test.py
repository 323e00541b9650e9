# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""Axes, voxels and labels of arrays are what their libraries and their shapes say."""

import lapilli
import numpy as np
import pytest


class OnlyArray:
    """What has nothing but __array__."""

    def __init__(self, array):
        self.array = array

    def __array__(self, dtype=None, copy=None):
        return self.array if dtype is None else self.array.astype(dtype)


@pytest.fixture(scope="module")
def layers():
    """Pores that connect y, not x, with a third of the plane."""
    plane = np.zeros((9, 12), bool)
    plane[:, 4:8] = True
    return plane


@pytest.mark.parametrize("kind", [OnlyArray, np.ndarray.tolist, list])
def test_true_is_pore_without_a_type(image, kind):
    assert lapilli.porosity(kind(image == 0), ranks=1).porosity.value == 0.4
    with pytest.raises(lapilli.Error, match="segmented already"):
        lapilli.segment(kind(image == 0))


@pytest.mark.filterwarnings("ignore::lapilli.NotPercolating")
def test_axes_of_a_plane_are_its_own(layers):
    words = {"blocks": 0, "ranks": 1}
    for axis in (0, -2, "y"):
        assert list(lapilli.diffusivity(layers, axis=axis, **words).diffusivity) == ["y"]
        assert lapilli.tortuosity(layers, axis, ranks=1).formation_factor == pytest.approx(3)
    for axis in (1, -1, "x"):
        assert lapilli.tortuosity(layers, axis, ranks=1).formation_factor == np.inf
    assert lapilli.Solver(layers).solve(verbose=False, ranks=1) == pytest.approx(1)
    assert lapilli.Solver(layers.T).solve(verbose=False, ranks=1) == np.inf
    assert lapilli.porosity(layers, crop=np.s_[:, 4:8], ranks=1).porosity.value == 1
    for axis in (2, -3, True, "xy", [0, 1]):
        with pytest.raises(lapilli.Error, match=r"axis .*of \(y, x\)|but one of \(y, x\)"):
            lapilli.tortuosity(layers, axis)


def test_names_of_xarray_order_the_axes(image):
    xarray = pytest.importorskip("xarray")
    steps = {"z": 2e-6, "y": 3e-6, "x": 4e-6}
    coordinates = {axis: (axis, np.arange(n) * steps[axis], {"units": "m"}) for axis, n in zip("zyx", image.shape)}
    given = xarray.DataArray(image, coordinates, ("z", "y", "x"))
    turned = given.transpose("x", "z", "y")
    known, found = lapilli.porosity(given, ranks=1), lapilli.porosity(turned, ranks=1)
    assert found.data["image"]["digest"] == known.data["image"]["digest"]
    assert found.voxel_size == known.voxel_size == [2e-6, 3e-6, 4e-6]
    assert list(lapilli.diffusivity(turned, axis=0, blocks=0, ranks=1).diffusivity) == ["x"]
    assert lapilli.porosity(turned, crop=np.s_[:5, :6, :7], ranks=1).shape == (6, 7, 5)
    assert lapilli.porosity(turned.isel(y=4), ranks=1).shape == (40, 1, 32)
    assert lapilli.porosity(turned.rename(x="c").drop_vars("c"), ranks=1).shape == (32, 40, 36)


def test_unequal_steps_in_metres_are_no_voxel(image):
    xarray = pytest.importorskip("xarray")
    uneven = {axis: (axis, np.arange(n) ** 1.5 * 1e-9, {"units": "m"}) for axis, n in zip("zyx", image.shape)}
    assert lapilli.porosity(xarray.DataArray(image, uneven, ("z", "y", "x")), ranks=1).voxel_size is None


def test_values_that_say_nothing_are_refused(image):
    wrong = {
        r"pore=\[\] says nothing": {"pore": []},
        r"axis='' says nothing": {"axis": ()},
        r"conductivity=\{\} says nothing": {"conductivity": {}},
        "out='' names no folder": {"out": ""},
        "voxel='' says nothing": {"voxel": ""},
        "no axis 3": {"axis": 3},
        "'false' is not a whole number": {"blocks": False},
        "'true' is not a whole number": {"ranks": True},
        r"voxel is \['2um'\]": {"voxel": ["2um"]},
        "no options such as help": {"help": True},
    }
    for sentence, options in wrong.items():
        with pytest.raises(lapilli.Error, match=sentence):
            lapilli.diffusivity(image, **options)


def test_a_tolerance_may_be_of_numpy(image):
    found = lapilli.porosity(image, ranks=1)
    assert lapilli.compare(found, found, tolerance=np.float64(0.1))["equal"]


def test_paths_may_begin_with_a_dash(image, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    lapilli.convert(image, "-a.npy", ranks=1)
    assert lapilli.diffusivity("-a.npy", axis=0, blocks=0, ranks=1, out="-out").folder.exists()
