# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""What a result says, and what can be made of it."""

import lapilli
import numpy as np
import pytest


def test_quantities_are_numbers_with_errors(everything):
    k = everything.permeability["z"]
    assert float(k) == k.value == everything.data["summary"]["permeability"]["z"]["value"]
    assert k.unit == "mD"
    assert k.to("m²").value == pytest.approx(everything.data["summary"]["permeability"]["z"]["value_m2"], rel=1e-12)
    assert k.plain == everything.data["result"]["permeability"]["z"]["permeability_md"]
    assert 0 < k.relative_error < 1
    with pytest.raises(ValueError, match="mD"):
        k.to("s")
    assert everything.porosity.connected["z"] <= everything.porosity.value == 0.4
    d = everything.diffusivity["x"]
    assert d.formation_factor == pytest.approx(1 / d.value)
    assert d.tortuosity == pytest.approx(0.4 / d.value)


def test_words_for_people(everything):
    words = str(everything)
    assert "k z = " in words
    assert " mD (solver ± " in words
    page = everything._repr_html_()
    assert page.startswith("<table>")
    assert page.count("<tr>") == 7


def test_another_voxel_size_is_as_if_it_had_been_given(image, everything):
    options = {"blocks": 0, "drainage": True, "fields": True, "ranks": 1}
    solved = lapilli.analyze(image, 3e-6, **options)
    for base in (everything, lapilli.analyze(image, **options)):
        scaled = base.with_voxel(3e-6)
        _same(scaled.data["summary"], solved.data["summary"])
        _same(scaled.data["result"], solved.data["result"], but={"pressure_pa", "entry_pressure_pa", "breakthrough_pressure_pa"})
    _same(everything.with_voxel(3e-6).data["result"]["drainage"], solved.data["result"]["drainage"])
    flat = lapilli.porosity(image, (2e-6, 1e-6, 1e-6), ranks=1)
    with pytest.raises(lapilli.Error, match="no cubes"):
        flat.with_voxel(1e-6)


def _same(a, b, but=frozenset(), path=""):
    if isinstance(a, dict):
        assert a.keys() == b.keys(), path
        for key in a.keys() - but:
            _same(a[key], b[key], but, f"{path}/{key}")
    elif isinstance(a, list):
        assert len(a) == len(b), path
        for left, right in zip(a, b):
            _same(left, right, but, path)
    elif isinstance(a, float):
        assert a == pytest.approx(b, rel=1e-12), path
    else:
        assert a == b, path


def test_fields_are_read_as_they_are_looked_at(everything, image):
    pytest.importorskip("xarray")
    fields = everything.fields()
    assert fields["c_z"].shape == image.shape
    assert float(fields["z"][0]) == 1e-6
    assert fields["z"].attrs["units"] == "m"
    middle = fields["c_z"].isel(z=20).values
    assert middle.shape == image.shape[1:]
    assert 0 < middle.max() <= 1
    with pytest.raises(lapilli.Error, match="fields=True"):
        lapilli.diffusivity(image, axis="x", blocks=0, ranks=1).fields()


def test_tables(everything):
    pytest.importorskip("pandas")
    table = everything.to_frame()
    assert table["porosity"].tolist() == [0.4]
    assert table["permeability_md_z"].tolist() == [everything.permeability["z"].plain]
    assert lapilli.collect(everything.folder, everything.folder).equals(lapilli.collect(everything.folder))


def test_the_page_is_written(everything, tmp_path):
    page = everything.report(tmp_path / "page.html")
    assert b"<title>" in page.read_bytes()


def test_figures(everything):
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("agg")
    for draw in (everything.plot, everything.plot.pore_size, everything.plot.chords, everything.plot.drainage):
        axes = draw()
        assert axes.get_ylabel()
        axes.figure.canvas.draw()
    assert everything.plot.planes("speed_z").get_images()
    with pytest.raises(lapilli.Error, match="there is no field"):
        everything.plot.planes("temperature")


def test_what_is_no_result(tmp_path):
    (tmp_path / "result.json").write_text("{")
    for path in (tmp_path, tmp_path / "none"):
        with pytest.raises(lapilli.Error, match="is no result"):
            lapilli.read(path)


def test_names_of_other_programs(image):
    pores = image == 0
    mine = lapilli.diffusivity(image, axis="z", blocks=0, ranks=1, accuracy=1e-9).data["result"]["diffusivity"]["z"]
    like = lapilli.tortuosity(pores, axis=0, ranks=1, accuracy=1e-9)
    assert like.formation_factor == mine["formation_factor"]
    assert like.tortuosity == mine["tortuosity"]
    assert like.effective_porosity < like.original_porosity == 0.4
    assert like.converged
    solver = lapilli.Solver(pores.astype(np.uint8), device="cpu")
    assert (solver.converged, solver.iter) == (False, 0)
    assert solver.solve(verbose=False, ranks=1, conv_crit=1e-9) == solver.tau == mine["tortuosity"]
    assert (solver.converged, solver.iter) == (True, mine["iterations"])
    assert solver.D_eff == solver.D_rel == 1 / solver.result.diffusivity["z"].formation_factor
    assert solver.VF == 0.4
    with pytest.warns(lapilli.NotConverged):
        lapilli.Solver(pores).solve(1, False, 1e-12, ranks=1)
    for call in (lapilli.tortuosity, lapilli.Solver):
        with pytest.raises(lapilli.Error, match="the array has the value 255, but 0 and 1"):
            call(np.where(pores, np.uint8(255), np.uint8(0)))
    with_fields = lapilli.tortuosity(pores, axis=0, ranks=1, fields=True)
    assert with_fields.im_conc.shape == with_fields.im.shape == pores.shape
    assert 0.5 < with_fields.im_conc[0].max() < 1


@pytest.mark.parametrize("unit", ["µm²", "μm²", "um²", "um2"])
def test_micrometres_are_spelled_as_one_likes(unit):
    assert lapilli.Permeability(1.0, "D").to(unit).value == pytest.approx(0.9869233)
