# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""Results that have more or less than others: of periodic images, oblong voxels, several conductivities, walls across."""

import math

import lapilli
import numpy as np
import pytest

PORES = lapilli.generate("blobs", 20, porosity=0.5, correlation=4, seed=1) == 0
QUICK = {"blocks": 0, "ranks": 1}


@pytest.mark.parametrize("voxel", [None, "2 um"])
def test_a_periodic_image_has_tensors(voxel):
    r = lapilli.analyze(PORES, voxel, boundary="periodic", **QUICK)
    for name in ("diffusivity", "permeability"):
        quantities, tensor = getattr(r, name), getattr(r, f"{name}_tensor")
        assert "".join(quantities) == "xyz"
        assert tensor.value.tolist() == r.data["summary"][name]["tensor"]["value"]
        assert [q.value for q in quantities.values()] == np.diag(tensor).tolist() == [q.plain for q in quantities.values()]
        assert {tensor.unit} == {q.unit for q in quantities.values()}
        assert all(q.percolates and q.converged for q in quantities.values())
    assert "k z = " in repr(r)
    assert r.plot().get_ylabel()
    scaled, solved = r.with_voxel(3e-6), lapilli.permeability(PORES, 3e-6, boundary="periodic", **QUICK)
    np.testing.assert_allclose(scaled.permeability_tensor, solved.permeability_tensor, rtol=1e-12)
    assert scaled.permeability["z"].plain == pytest.approx(solved.permeability["z"].plain, rel=1e-12)


def test_what_does_not_repeat_itself_has_no_tensor(everything):
    assert everything.diffusivity_tensor is None
    assert everything.permeability_tensor is None


def test_voxels_may_be_oblong():
    r = lapilli.permeability(PORES, (1e-6, 1e-6, 2e-6), axis="x", **QUICK)
    assert list(r.permeability) == ["x"]
    assert r.permeability["x"].plain == r.data["result"]["permeability"]["x"]["permeability_md"]
    assert " mD" in repr(r)
    assert "mD" in r._repr_html_()
    assert r.plot().get_ylabel() == "k [mD]"


def test_several_conductivities_have_no_formation_factor_and_walls_an_infinite_one():
    labels = PORES.astype(np.uint8) + 1
    d = lapilli.diffusivity(labels, axis="z", conductivity={1: 0.1, 2: 1.0}, **QUICK).diffusivity["z"]
    assert d.percolates
    assert math.isnan(d.formation_factor)
    assert math.isnan(d.tortuosity)
    walled = PORES.copy()
    walled[10] = False
    with pytest.warns(lapilli.NotPercolating):
        r = lapilli.diffusivity(walled, axis="z", **QUICK)
    assert "no pores connect" in r._repr_html_()
    d = r.diffusivity["z"]
    assert (d.percolates, d.value, d.formation_factor, d.tortuosity) == (False, 0, math.inf, math.inf)
