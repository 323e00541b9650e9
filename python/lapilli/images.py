# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""Images that the program makes."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Union

import numpy as np
import numpy.typing as npt

from ._errors import Error
from ._image import ImageLike, Voxel, as_file, taken, voxel_of
from ._program import run
from ._scratch import Folder
from ._words import flags


def generate(kind: str, shape: Union[int, Sequence[int]], **parameters: Any) -> npt.NDArray[np.uint8]:
    """An image whose geometry is known.

    Parameters
    ----------
    kind : {"blobs", "spheres", "array", "tube", "slit", "duct", "layers", "open"}
        Random pores, random grains, a lattice of grains, pores of simple shapes, layers, nothing but pore.
    shape : int or three ints
        Voxels along (z, y, x); one number: a cube.
    **parameters
        Of ``lapilli generate KIND``, with ``_`` for ``-``: ``porosity=0.3``, ``seed=1``.

    Returns
    -------
    ndarray of uint8, shape (z, y, x)
        Labels: 0 is pore.

    Examples
    --------
    >>> float((generate("blobs", 32, porosity=0.25, seed=1) == 0).mean())
    0.25
    """
    try:
        nz, ny, nx = np.broadcast_to(shape, 3).tolist()
    except ValueError as error:
        raise Error(f"shape is {shape!r}, but one or three numbers of voxels along (z, y, x) are expected", 2) from error
    folder = Folder()
    file = folder.path / "image.raw"
    run(["generate", kind, "--shape", f"{nz}x{ny}x{nx}", *flags(parameters), "--out", str(file)])
    return np.fromfile(file, np.uint8).reshape(nz, ny, nx)


def segment(image: ImageLike, **options: Any) -> npt.NDArray[np.uint8]:
    """Labels of a grey scan.

    Parameters
    ----------
    image : array_like of shape (z, y, x), or path
        Grey values of any type but bool, which is labels already.
    **options
        Of ``lapilli segment``, with ``_`` for ``-``: ``denoise="gauss"``, ``threshold=90``, ``islands=0``.

    Returns
    -------
    ndarray of uint8, shape (z, y, x)
        Labels: 0 is pore, 255 is outside a cylinder.

    Examples
    --------
    >>> grey = np.where(generate("blobs", 32, porosity=0.25, seed=1) == 0, 90.5, 200.0)
    >>> float((segment(grey, denoise="none", islands=0) == 0).mean())
    0.25
    """
    given = taken(image)
    if given.is_bool:
        raise Error("the array is of bool, so it is segmented already; give it to analyze as it is, where True is pore", 2)
    folder = Folder()
    file = folder.path / "labels.raw"
    with as_file(given) as named:
        run(["segment", *named, *flags(options, given.names, given.lengths), "--out", str(file)])
    nz, ny, nx = json.loads(Path(f"{file}.json").read_text(encoding="utf-8"))["image"]["shape"]
    return np.fromfile(file, np.uint8).reshape(nz, ny, nx)


def convert(image: ImageLike, out: str | os.PathLike[str], voxel: Voxel = None, **options: Any) -> Path:
    """Write an image in another format, which the ending of `out` says.

    Parameters
    ----------
    image : array_like of shape (z, y, x), or path
        Labels or grey values of any type, which stays; of bool True becomes 1, so give ``~im`` where True is pore and pores
        are to be 0.
    out : path
        ``.tif``, ``.h5``, ``.mha``, ``.nrrd``, ``.npy``, ``.vti``, ``.zarr`` or ``.raw``.
    voxel : str, float or three floats, optional
        As of `analyze`.
    **options
        Of ``lapilli convert``, with ``_`` for ``-``: ``downsample=2``, ``as_=np.uint16``,
        ``crop=np.s_[0:100, :, 50:150]``, ``relabel={0: 1, 255: 0}``, ``force=True``.

    Returns
    -------
    pathlib.Path
        Of what was written.

    Examples
    --------
    >>> import tempfile
    >>> labels = generate("layers", 8)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     written = convert(labels, folder + "/layers.npy", "2 um", downsample=2, ranks=1)
    ...     np.load(written).shape
    (4, 4, 4)
    """
    given = taken(image)
    words = flags({"voxel": voxel_of(given, voxel), **options}, given.names, given.lengths)
    with as_file(given) as named:
        run(["convert", *named, f"--out={os.fspath(out)}", *words])
    return Path(out)
