# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""What users of PoreSpy and of TauFactor know, under the names that they know."""

from __future__ import annotations

import dataclasses
from typing import Any, Optional

import numpy as np
import numpy.typing as npt

from ._image import Voxel, as_array
from .measure import diffusivity
from .result import Result

_AXES = "zyx"


@dataclasses.dataclass(frozen=True)
class Tortuosity:
    """As ``porespy.simulations.tortuosity_fd`` returns it.

    Attributes
    ----------
    tortuosity : float
        τ = porosity · D₀/D, of all pores; infinite where nothing percolates.
    tortuosity_effective : float
        The same with the porosity of the pores that take part, which is PoreSpy's.
    formation_factor : float
        D₀/D.
    original_porosity, effective_porosity : float
        Of all pores, and of those that connect both faces.
    time : float
        Seconds of the program.
    im : ndarray of bool, shape (z, y, x)
        The image.
    result : Result
        All that was found, with its errors.
    """

    tortuosity: float
    tortuosity_effective: float
    formation_factor: float
    original_porosity: float
    effective_porosity: float
    time: float
    im: npt.NDArray[Any]
    result: Result

    @property
    def concentration(self) -> Any:
        """Concentration, 1 on the first face and 0 on the last one, shape (z, y, x); needs ``fields=True``."""
        fields = self.result.fields()
        return next(fields[name] for name in fields if str(name).startswith("c_"))


def tortuosity(im: Any, axis: int = 0, **options: Any) -> Tortuosity:
    """Tortuosity along an axis of an array, by the diffusion through its pores.

    Parameters
    ----------
    im : array_like of shape (z, y, x)
        True, or 1, is pore, as PoreSpy has it.
    axis : int
        Of the array.
    **options
        Of `diffusivity`.

    Notes
    -----
    Values are those of the image's own grid, without the correction for its size, as other programs give them; ``.result``
    has both.
    """
    array = as_array(im).astype(bool, copy=False)
    offset = array.ndim - np.ndim(im)  # a plane became a volume of one
    name = _AXES[axis + offset]
    options.setdefault("blocks", 0)
    result = diffusivity(array, axis=name, **options)
    solved = result.data["result"]["diffusivity"][name]
    factor = np.inf if solved["formation_factor"] is None else solved["formation_factor"]
    porosity = result.porosity
    return Tortuosity(
        tortuosity=porosity.value * factor,
        tortuosity_effective=porosity.connected[name] * factor if np.isfinite(factor) else np.inf,
        formation_factor=factor,
        original_porosity=porosity.value,
        effective_porosity=porosity.connected[name],
        time=result.seconds,
        im=array,
        result=result,
    )


class Solver:
    """As ``taufactor.Solver``: flux along the first axis of the array, through what is 1.

    Examples
    --------
    >>> import numpy as np
    >>> solver = Solver(np.ones((8, 8, 8)))
    >>> float(solver.solve(verbose=False))
    1.0
    """

    def __init__(self, img: Any, voxel: Voxel = None, D_0: float = 1.0) -> None:
        self.img = as_array(img)
        self.voxel = voxel
        self.D_0 = D_0
        self.VF = float((self.img == 1).mean())
        self.D_rel: Optional[float] = None
        self.D_eff: Optional[float] = None
        self.tau: Optional[float] = None
        self.result: Optional[Result] = None

    def solve(self, verbose: bool = True, conv_crit: float = 1e-4, **options: Any) -> float:
        """Solve, and return the tortuosity factor VF · D₀/D, infinite where nothing percolates."""
        progress = "auto" if verbose else False
        found = tortuosity(self.img == 1, 0, voxel=self.voxel, accuracy=conv_crit, progress=progress, **options)
        self.result = found.result
        self.D_rel = 1 / found.formation_factor
        self.D_eff = self.D_0 * self.D_rel
        self.tau = found.tortuosity
        return self.tau
