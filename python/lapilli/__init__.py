# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""From a 3-D image of a porous material to its properties.

>>> import lapilli
>>> im = lapilli.generate("blobs", 64, porosity=0.4, seed=1) == 0
>>> r = lapilli.diffusivity(im, axis="z", blocks=0)
>>> r.diffusivity["z"].percolates
True
"""

from typing import Any

from ._errors import Error, NotConverged, NotPercolating, ResultWarning, Stopped
from ._program import program, run
from .cluster import Job, submit
from .images import convert, generate, segment
from .likes import Solver, Tortuosity, tortuosity
from .measure import analyze, diffusivity, drainage, network, percolation, permeability, plan, pore_size, porosity
from .quantity import Diffusivity, Permeability, Porosity, Quantity, Tensor
from .result import Result, read
from .tables import collect, compare


def __getattr__(name: str) -> Any:
    """``lapilli.__version__``, which is the program's."""
    if name != "__version__":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        return run(["--version"]).split()[1]
    except Error as error:
        raise AttributeError(f"{name}: {error}") from error


__all__ = [
    "Diffusivity",
    "Error",
    "Job",
    "NotConverged",
    "NotPercolating",
    "Permeability",
    "Porosity",
    "Quantity",
    "Result",
    "ResultWarning",
    "Solver",
    "Stopped",
    "Tensor",
    "Tortuosity",
    "analyze",
    "collect",
    "compare",
    "convert",
    "diffusivity",
    "drainage",
    "generate",
    "network",
    "percolation",
    "permeability",
    "plan",
    "pore_size",
    "porosity",
    "program",
    "read",
    "segment",
    "submit",
    "tortuosity",
]
