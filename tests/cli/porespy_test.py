# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""Distances, thickness and drainage of an image beside those of PoreSpy, voxel by voxel. Runs where LAPILLI_PORESPY names a Python that
has porespy 3.2, h5py and tifffile; see CONTRIBUTING.md."""
import json
import os
import pathlib
import subprocess
import sys
import unittest

LAPILLI, PYTHON = os.environ["LAPILLI"], os.environ.get("LAPILLI_PORESPY")
if not PYTHON:
    print("skipped: LAPILLI_PORESPY names no Python that has PoreSpy")
    sys.exit(77)
if os.path.abspath(PYTHON) != sys.executable:
    os.execv(os.path.abspath(PYTHON), [PYTHON, *sys.argv])
import edt
import h5py
import numpy
import porespy
import tifffile

porespy.settings.tqdm["disable"] = True


def fields_of(verb, *words):
    """The fields of a run, and its result."""
    folder = pathlib.Path(f"{verb}_{'_'.join(words).replace('-', '')}.lapilli")
    subprocess.run([LAPILLI, verb, "blobs.tif", *words, "--fields", "--quiet", "--ranks", "1", "--out", folder], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with h5py.File(folder / "fields.h5") as file:
        return {name: file[name][...] for name in file}, json.loads((folder / "result.json").read_text())["result"]


class PoreSpy(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        subprocess.run([LAPILLI, "generate", "blobs", "--size", "64", "--porosity", "0.5", "--seed", "3", "-o", "blobs.tif", "--ranks", "1"],
                       check=True, stdout=subprocess.DEVNULL)
        cls.pores = tifffile.imread("blobs.tif") == 0

    def equal(self, ours, theirs):
        self.assertEqual(int((ours != theirs.astype(ours.dtype))[self.pores].sum()), 0)

    def test_distances_and_whole_radii(self):
        fields, _ = fields_of("pore-size", "--convention", "porespy")
        self.equal(fields["distance"], edt.edt(self.pores))
        for method in "bf", "dt":
            self.equal(fields["thickness"], porespy.filters.local_thickness(self.pores, method=method))

    def test_all_radii(self):
        fields, _ = fields_of("pore-size")
        sizes = numpy.unique(edt.edt(self.pores)[self.pores])[::-1]
        self.equal(fields["thickness"], porespy.filters.local_thickness(self.pores, method="legacy", sizes=sizes, smooth=True))

    def test_drainage(self):
        """The steps of porespy.simulations.drainage_dt, at all radii and not at whole ones only."""
        fields, result = fields_of("drainage", "--axis", "x")
        inlets = numpy.zeros_like(self.pores)
        inlets[..., 0] = True
        squares, invaded = edt.edtsq(self.pores), numpy.zeros(self.pores.shape)
        saturations = []
        for square in numpy.unique(squares[self.pores])[::-1]:
            seeds = porespy.filters.trim_disconnected_voxels(squares >= square, inlets=inlets, conn="min")
            if seeds.any():
                invaded[(edt.edtsq(~seeds) < square) & (invaded == 0)] = numpy.sqrt(square)
                saturations.append((invaded > 0)[self.pores].mean())
        self.equal(fields["invaded_radius_x"], invaded)
        curve = result["drainage"]["x"]["curve"]["saturation"]
        self.assertEqual(sorted(set(curve)), sorted(set(saturations)))


if __name__ == "__main__":
    unittest.main()
