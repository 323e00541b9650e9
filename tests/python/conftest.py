# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""One image, measured once on the command line and once from an array."""

import json
import subprocess

import lapilli
import pytest


@pytest.fixture(scope="session")
def image():
    """Pores are 0, as on the command line."""
    return lapilli.generate("blobs", (40, 36, 32), porosity=0.4, correlation=4, seed=3)


@pytest.fixture(scope="session")
def command(image, tmp_path_factory):
    """result.json of a command line with these words, and its folder."""
    folder = tmp_path_factory.mktemp("command")
    raw = folder / "image.raw"
    image.tofile(raw)

    def run(*words):
        shape = "x".join(map(str, image.shape))
        program = [lapilli.program(), words[0], str(raw), "--shape", shape, "--type", "u8", *words[1:], "--json", "--quiet"]
        return json.loads(subprocess.run(program, check=True, capture_output=True).stdout)

    return run


@pytest.fixture(scope="session")
def everything(image):
    """With fields and drainage, of voxels of 2 µm."""
    return lapilli.analyze(image, "2 um", blocks=0, fields=True, drainage=True, ranks=1)
