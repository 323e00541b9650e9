# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""From an image to its properties. Everything is the program's: the same bits as on the command line."""

from __future__ import annotations

from typing import Any, Optional

from ._image import ImageLike, Voxel
from ._verb import PathLike, measured
from .result import Result


def analyze(image: ImageLike, voxel: Voxel = None, *, out: Optional[PathLike] = None, **options: Any) -> Result:
    """Everything: porosity, connectivity, pore sizes, diffusivity, permeability, each with its errors.

    Parameters
    ----------
    image : array_like of shape (z, y, x), or path
        bool, where True is pore; or labels, as numpy, xarray, dask or torch on the CPU has them; or a file that the
        program reads, or a case file. An array (y, x) is a single plane. Axes of an xarray.DataArray that are named x, y and z
        may have any order.
    voxel : str, float or three floats, optional
        Edge of a voxel: ``"5.345 um"``, metres, or metres along (z, y, x), the order of arrays; a text names the axes,
        ``"x=2um,y=2um,z=4um"``. By default what the file or the coordinates of an xarray.DataArray say; where nobody does,
        lengths are in voxels.
    out : path, optional
        Result folder. A run that was stopped goes on from it. By default a temporary one.

    Other Parameters
    ----------------
    pore : int or sequence of int, optional
        Labels of the pore space. By default True of bool, else 0.
    axis : str, int or several of these
        Along which to solve: ``"x"``, ``"y"``, ``"z"``, or ``"all"``, the default. Numbers are of the array's own axes:
        0, 1, 2 of (z, y, x), 0, 1 of (y, x).
    ranks : int, optional
        Processes. By default one for each physical core.
    progress : bool or "auto"
        One line about what is being done; "auto", the default: in a terminal or a notebook.
    **options
        Any option of ``lapilli analyze``, with ``_`` for ``-``: ``boundary="periodic"``, ``accuracy=1e-6``,
        ``fields=True``, ``drainage=True``.

    Returns
    -------
    Result
        D/D₀ [1] and k [mD, or voxel²] by axis, porosity [1], sizes [m, or voxels].

    Raises
    ------
    Error
        The program refused, with its sentence.
    Stopped
        Ctrl-C.

    Warns
    -----
    NotConverged
        A value is further from its limit than was asked for.
    NotPercolating
        Nothing goes through along an axis.
    ResultWarning
        The program remarks something else.

    Examples
    --------
    >>> import numpy as np
    >>> slit = np.zeros((16, 16, 16), bool)
    >>> slit[4:12] = True
    >>> r = analyze(slit, "1 um", axis="x", blocks=0, ranks=1)
    >>> print(f"{r.porosity.value} {r.diffusivity['x'].value:.4f} {float(r.permeability['x']):.4g} mD")
    0.5 0.5000 1844 mD
    """
    return measured("analyze", image, voxel, out, True, options)


def porosity(image: ImageLike, voxel: Voxel = None, **options: Any) -> Result:
    """Porosity, and the part of it that connects the faces of each axis.

    Parameters
    ----------
    image, voxel, **options
        As of `analyze`.

    Returns
    -------
    Result
        `Result.porosity` [1].

    Examples
    --------
    >>> import numpy as np
    >>> float(porosity(np.arange(64).reshape(4, 4, 4) < 48, ranks=1).porosity)
    0.75
    """
    return measured("porosity", image, voxel, None, False, options)


def percolation(image: ImageLike, voxel: Voxel = None, **options: Any) -> Result:
    """Connected components of the pores, through the faces of voxels, and which axes they percolate along.

    Parameters
    ----------
    image, voxel, **options
        As of `analyze`.

    Returns
    -------
    Result
        `Result.percolation`: of each axis ``percolates``, ``components`` that do, and their ``pores`` [voxels].

    Examples
    --------
    >>> import numpy as np
    >>> percolation(np.ones((4, 4, 4), bool), ranks=1).percolation["x"]["percolates"]
    True
    """
    return measured("percolation", image, voxel, None, False, options)


def diffusivity(image: ImageLike, voxel: Voxel = None, *, out: Optional[PathLike] = None, **options: Any) -> Result:
    """Effective diffusivity, formation factor and tortuosity along each axis.

    Parameters
    ----------
    image, voxel, out, **options
        As of `analyze`; ``conductivity={0: 1.0, 85: 0.05}`` lets several labels conduct.

    Returns
    -------
    Result
        `Result.diffusivity` by axis [1].

    Examples
    --------
    >>> import numpy as np
    >>> diffusivity(np.ones((8, 8, 8), bool), axis="z", ranks=1).diffusivity["z"].formation_factor
    1.0
    """
    return measured("diffusivity", image, voxel, out, True, options)


def permeability(image: ImageLike, voxel: Voxel = None, *, out: Optional[PathLike] = None, **options: Any) -> Result:
    """Permeability along each axis, by solving for the creeping flow through the pores.

    Parameters
    ----------
    image, voxel, out, **options
        As of `analyze`.

    Returns
    -------
    Result
        `Result.permeability` by axis [mD, or voxel² without a voxel size].

    Examples
    --------
    A slit of half an image: height² / 12 of its own section, half of that of the image's, and walls on its sides.

    >>> import numpy as np
    >>> slit = np.zeros((16, 16, 16), bool)
    >>> slit[4:12] = True
    >>> k = permeability(slit, axis="x", ranks=1).permeability["x"]
    >>> f"{k.value:.3f} {k.unit}"
    '1.829 voxel²'
    """
    return measured("permeability", image, voxel, out, True, options)


def pore_size(image: ImageLike, voxel: Voxel = None, *, out: Optional[PathLike] = None, **options: Any) -> Result:
    """Radii of the largest balls that cover each pore voxel, chords, surface, curvature and fabric.

    Parameters
    ----------
    image, voxel, out, **options
        As of `analyze`; ``of="solid"`` measures the grains.

    Returns
    -------
    Result
        `Result.pore_size`; names end with their units: ``mean_radius_m``, ``mean_radius_voxels``.

    Examples
    --------
    >>> import numpy as np
    >>> slit = np.pad(np.ones((8, 8, 8), bool), ((2, 2), (0, 0), (0, 0)))
    >>> pore_size(slit, ranks=1).pore_size["mean_radius_voxels"]
    4.0
    """
    return measured("pore-size", image, voxel, out, True, options)


def drainage(image: ImageLike, voxel: Voxel = None, *, out: Optional[PathLike] = None, **options: Any) -> Result:
    """Capillary pressure and saturation as a fluid that does not wet fills the pores from a face.

    Parameters
    ----------
    image, voxel, out, **options
        As of `analyze`; ``relative=8`` solves for relative permeability at 8 saturations.

    Returns
    -------
    Result
        `Result.drainage`: by axis radii [m, and voxels], pressures [Pa], and the ``curve`` of both and of saturations [1],
        each of shape (radii,).

    Examples
    --------
    >>> import numpy as np
    >>> slit = np.pad(np.ones((8, 8, 8), bool), ((2, 2), (0, 0), (0, 0)))
    >>> drainage(slit, "2 um", axis="x", ranks=1).drainage["x"]["entry_radius_m"]
    8e-06
    """
    return measured("drainage", image, voxel, out, True, options)


def network(image: ImageLike, voxel: Voxel = None, *, out: Optional[PathLike] = None, **options: Any) -> Result:
    """Pores and throats, and their formation factor and permeability.

    Parameters
    ----------
    image, voxel, out, **options
        As of `analyze`; ``alpha=0.8``: how wide a throat makes two pores one.

    Returns
    -------
    Result
        `Result.network`; with `out` the files of the network lie in its folder.

    Examples
    --------
    >>> import numpy as np
    >>> pore = np.pad(np.ones((5, 5, 5), bool), 1)
    >>> pore[3, 3] = True
    >>> network(pore, ranks=1).network["pores"]
    1
    """
    return measured("network", image, voxel, out, True, options)


def plan(image: ImageLike, voxel: Voxel = None, **options: Any) -> dict[str, Any]:
    """Memory and time that `analyze` with the same parameters would take, without solving.

    Parameters
    ----------
    image, voxel, **options
        As of `analyze`.

    Returns
    -------
    dict
        ``memory_bytes`` [B], ``time_s`` [s], and more for each of the ``ranks`` and ``hosts``, as in result.json.

    Examples
    --------
    >>> import numpy as np
    >>> plan(np.ones((32, 32, 32), bool), ranks=1)["memory_bytes"] < 200e6
    True
    """
    planned: dict[str, Any] = measured("analyze", image, voxel, None, False, {**options, "plan": True}).data["result"]["plan"]
    return planned
