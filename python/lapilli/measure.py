# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""From an image to its properties. Everything is the program's: the same bits as on the command line."""

from __future__ import annotations

import os
import shutil
import tempfile
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Optional, Union

from ._errors import NotConverged, NotPercolating, ResultWarning
from ._image import ARRAY, ImageLike, Voxel, as_file, default_pore, voxel_of
from ._program import run_json
from ._progress import Progress, is_wanted
from ._words import axes, flags
from .result import Result

PathLike = Union[str, "os.PathLike[str]"]

_KINDS = {"no pores connect the two faces": NotPercolating, "did not converge": NotConverged}


class Folder:
    """A temporary folder that goes with the last result that knows it."""

    def __init__(self) -> None:
        self.path = Path(tempfile.mkdtemp(prefix="lapilli-"))

    def __del__(self) -> None:
        shutil.rmtree(self.path, ignore_errors=True)


def analyze(image: ImageLike, voxel: Voxel = None, *, out: Optional[PathLike] = None, **options: Any) -> Result:
    """Everything: porosity, connectivity, pore sizes, diffusivity, permeability, each with its errors.

    Parameters
    ----------
    image : array_like of shape (z, y, x), or path
        bool, where True is pore; or labels, as numpy, xarray, dask or torch on the CPU has them; or a file that the
        program reads, or a case file.
    voxel : str, float or three floats, optional
        Edge of a voxel: ``"5.345 um"``, metres, or metres along (z, y, x). By default what the file or the coordinates
        of an xarray.DataArray say.
    out : path, optional
        Result folder. A run that was stopped goes on from it. By default a temporary one.
    pore : int or sequence of int, optional
        Labels of the pore space. By default True of bool, else 0.
    axis : {"x", "y", "z", "all"} or 0, 1, 2 of (z, y, x), or several
    ranks : int, optional
        By default one for each physical core.
    progress : bool or "auto"
        One line about what is being done; "auto": in a terminal or a notebook.
    **options
        Any option of ``lapilli analyze``, with ``_`` for ``-``: ``boundary="periodic"``, ``accuracy=1e-6``,
        ``fields=True``, ``drainage=True``.

    Returns
    -------
    Result

    Raises
    ------
    Error
        The program refused, with its sentence.
    Stopped
        Ctrl-C.

    Warns
    -----
    NotConverged, NotPercolating, ResultWarning
    """
    return _measure("analyze", image, voxel, out, True, options)


def porosity(image: ImageLike, voxel: Voxel = None, **options: Any) -> Result:
    """Porosity, and the part of it that connects the faces of each axis. Parameters as of `analyze`."""
    return _measure("porosity", image, voxel, None, False, options)


def percolation(image: ImageLike, voxel: Voxel = None, **options: Any) -> Result:
    """Connected components of the pores, and which axes they percolate along. Parameters as of `analyze`."""
    return _measure("percolation", image, voxel, None, False, options)


def diffusivity(image: ImageLike, voxel: Voxel = None, *, out: Optional[PathLike] = None, **options: Any) -> Result:
    """Effective diffusivity, formation factor and tortuosity along each axis. Parameters as of `analyze`."""
    return _measure("diffusivity", image, voxel, out, True, options)


def permeability(image: ImageLike, voxel: Voxel = None, *, out: Optional[PathLike] = None, **options: Any) -> Result:
    """Permeability along each axis, by solving for the flow through the pores. Parameters as of `analyze`."""
    return _measure("permeability", image, voxel, out, True, options)


def pore_size(image: ImageLike, voxel: Voxel = None, *, out: Optional[PathLike] = None, **options: Any) -> Result:
    """Radii of the largest balls around each voxel, chords, surface and curvature. Parameters as of `analyze`."""
    return _measure("pore-size", image, voxel, out, True, options)


def drainage(image: ImageLike, voxel: Voxel = None, *, out: Optional[PathLike] = None, **options: Any) -> Result:
    """Capillary pressure and saturation as a fluid fills the pores. Parameters as of `analyze`."""
    return _measure("drainage", image, voxel, out, True, options)


def network(image: ImageLike, voxel: Voxel = None, *, out: Optional[PathLike] = None, **options: Any) -> Result:
    """Pores and throats, and their formation factor and permeability. Parameters as of `analyze`."""
    return _measure("network", image, voxel, out, True, options)


def _measure(
    verb: str, image: ImageLike, voxel: Voxel, out: Optional[PathLike], has_folder: bool, options: dict[str, Any]
) -> Result:
    options = dict(options)
    wanted = is_wanted(options.pop("progress", "auto"))
    temporary = Folder() if has_folder and out is None else None
    folder = Path(out) if out is not None else temporary.path / "result" if temporary is not None else None
    words = [] if folder is None else ["--out", str(folder)]
    with as_file(image) as named:
        arguments = [verb, *named, *words_of(image, voxel, options), *words]
        data = run_json(arguments, Progress(folder) if wanted and folder is not None else None)
    if not isinstance(image, (str, os.PathLike)):
        data["warnings"] = [sentence.replace(named[0], ARRAY) for sentence in data["warnings"]]
        data["image"]["path"] = ARRAY
    result = Result(data, folder, temporary)
    warn(result, stacklevel=3)
    return result


def words_of(image: ImageLike, voxel: Voxel, options: Mapping[str, Any]) -> list[str]:
    """The words behind the image of a command line that measures it."""
    options = dict(options)
    if options.get("pore") is None:
        options["pore"] = default_pore(image)
    if "axis" in options:
        options["axis"] = axes(options["axis"])
    return flags({"voxel": voxel_of(image, voxel), **options}, image)


def warn(result: Result, stacklevel: int) -> None:
    """The program's remarks as warnings of whoever is so many calls above."""
    for sentence in result.warnings:
        if sentence.startswith("the voxel size is not known"):
            continue  # who leaves it out knows, and every unit says it
        kind = next((kind for words, kind in _KINDS.items() if words in sentence), ResultWarning)
        warnings.warn(sentence, kind, stacklevel=stacklevel + 1)


def plan(image: ImageLike, voxel: Voxel = None, **options: Any) -> dict[str, Any]:
    """Memory and time that `analyze` with the same parameters would take, without solving.

    Returns
    -------
    dict
        ``memory_bytes``, ``time_s``, ``hosts`` and more, as in result.json.
    """
    planned: dict[str, Any] = _measure("analyze", image, voxel, None, False, {**options, "plan": True}).data["result"]["plan"]
    return planned
