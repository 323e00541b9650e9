# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""What a result says, and what can be made of it."""

import json
import os
import re
import subprocess
import sys

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
    assert "the array, 40 × 36 × 32 voxels (z, y, x) of 2 µm" in page
    assert repr(lapilli.read(everything.folder)) == repr(everything)


def test_another_voxel_size_is_as_if_it_had_been_given(image, everything):
    options = {"blocks": 0, "drainage": True, "fields": True, "ranks": 1}
    solved = lapilli.analyze(image, 3e-6, **options)
    for base in (everything, lapilli.analyze(image, **options)):
        scaled = base.with_voxel(3e-6)
        _same(scaled.data["summary"], solved.data["summary"])
        _same(scaled.data["result"], solved.data["result"])
    assert everything.with_voxel("3 um").data == everything.with_voxel(3e-6).data
    flat = lapilli.porosity(image, (2e-6, 1e-6, 1e-6), ranks=1)
    with pytest.raises(lapilli.Error, match="no cubes"):
        flat.with_voxel(1e-6)


@pytest.mark.parametrize("voxel", [-1e-6, 0, float("nan"), float("inf"), "5 furlongs", "um", None, (1e-6, 1e-6, 2e-6)])
def test_what_is_no_length_is_refused(everything, voxel):
    with pytest.raises(lapilli.Error, match="is no length above 0"):
        everything.with_voxel(voxel)


def _same(a, b, path=""):
    if isinstance(a, dict):
        assert a.keys() == b.keys(), path
        for key in a:
            _same(a[key], b[key], f"{path}/{key}")
    elif isinstance(a, list):
        assert len(a) == len(b), path
        for left, right in zip(a, b):
            _same(left, right, path)
    elif isinstance(a, float):
        assert a == pytest.approx(b, rel=1e-12), path
    else:
        assert a == b, path


def test_fields_are_read_as_they_are_looked_at(everything, image):
    pytest.importorskip("xarray")
    fields = everything.fields()
    assert fields["c_z"].shape == image.shape
    assert fields["pore"].dtype == bool
    assert lapilli.porosity(fields["pore"], ranks=1).porosity == everything.porosity
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
    assert "voxels (z, y, x) of 2 µm" in page.read_text(encoding="utf-8")
    other = everything.with_voxel(5e-6)
    assert "voxels (z, y, x) of 5 µm" in other.report(tmp_path / "other.html").read_text(encoding="utf-8")
    with pytest.raises(lapilli.Error, match="name another"):
        other.report()
    own = everything.report().read_text(encoding="utf-8")
    assert "voxels (z, y, x) of 2 µm" in own
    assert "Convergence" in own


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
    assert everything.plot.planes("pore", axis=0).get_title() == everything.plot.planes("pore").get_title() == "z = 41 µm"
    for field, axis, index, words in (
        ("velocity_x", "z", None, "field of vectors"),
        ("speed_x", "w", None, "no axis 'w'"),
        ("speed_x", 3, None, "no axis 3"),
        ("speed_x", "z", 40, "no plane 40"),
    ):
        with pytest.raises(lapilli.Error, match=words):
            everything.plot.planes(field, axis, index)


def test_drainage_is_drawn_without_a_voxel_size(everything):
    pytest.importorskip("matplotlib")
    r = lapilli.drainage(everything.fields()["pore"].values, axis="x", ranks=1)
    axes = r.plot.drainage()
    assert axes.get_ylabel() == "1 / radius of the interface [1/voxel]"
    assert np.isfinite(axes.get_lines()[0].get_ydata()).all()
    assert r.with_voxel("2 um").plot.drainage().get_ylabel() == "capillary pressure [Pa]"
    by_all_faces = lapilli.drainage(everything.fields()["pore"], mercury=True, ranks=1)
    assert len(by_all_faces.plot.drainage().get_lines()) == 1


@pytest.mark.parametrize(("module", "extra"), [("h5py", "fields"), ("xarray", "fields"), ("pandas", "all")])
def test_what_is_not_installed_is_named(everything, module, extra, monkeypatch):
    monkeypatch.setitem(sys.modules, module, None)
    monkeypatch.delitem(sys.modules, "lapilli.fields", raising=False)
    with pytest.raises(lapilli.Error, match=rf"{module} .* pip install 'lapilli\[{extra}\]'"):
        everything.fields() if extra == "fields" else everything.to_frame()


def test_the_version_is_the_programs(monkeypatch):
    assert re.fullmatch(r"\d+\.\d+\.\d+\S*", lapilli.__version__)
    assert not hasattr(lapilli, "verison")
    monkeypatch.setenv("LAPILLI_PROGRAM", "/bin/false")
    assert not hasattr(lapilli, "__version__")


def test_what_is_no_result(tmp_path):
    for name, words in (("broken", "{"), ("list", "[]")):
        (tmp_path / name).write_text(words)
    for name in ("broken", "list", "none", ""):
        with pytest.raises(lapilli.Error, match="is no result"):
            lapilli.read(tmp_path / name)


def test_results_are_utf8_whatever_the_locale(tmp_path):
    data = lapilli.porosity(np.ones((4, 4, 4), bool), ranks=1).data
    data["image"]["path"] = "gr\u00e8s.tif"
    (tmp_path / "result.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    code = "import lapilli, sys; print(ascii(lapilli.read(sys.argv[1]).data['image']['path']))"
    plain = {**os.environ, "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    found = subprocess.run([sys.executable, "-c", code, tmp_path], env=plain, capture_output=True, text=True, check=True)
    assert found.stdout == "'gr\\xe8s.tif'\n"


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
