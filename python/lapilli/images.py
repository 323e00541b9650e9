# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""Images that the program makes."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Union

import numpy as np
import numpy.typing as npt

from ._program import run
from .measure import flags


def generate(kind: str, shape: Union[int, Sequence[int]], **parameters: Any) -> npt.NDArray[np.uint8]:
    """An image whose geometry is known.

    Parameters
    ----------
    kind : {"blobs", "spheres", "array", "tube", "slit", "duct", "layers", "open"}
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
    nz, ny, nx = (shape,) * 3 if isinstance(shape, int) else shape
    with tempfile.TemporaryDirectory(prefix="lapilli-") as folder:
        file = Path(folder, "image.raw")
        run(["generate", kind, "--shape", f"{nz}x{ny}x{nx}", *flags(parameters), "--out", str(file)])
        return np.fromfile(file, np.uint8).reshape(nz, ny, nx)
