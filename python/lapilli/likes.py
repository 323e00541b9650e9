# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""What users of PoreSpy and of TauFactor know, under the names that they know."""

from __future__ import annotations

import dataclasses
from typing import Any, Optional, Union

import numpy as np
import numpy.typing as npt

from ._errors import Error
from ._image import Voxel, taken
from ._words import AXES, axes
from .measure import diffusivity
from .result import Result


@dataclasses.dataclass(frozen=True)
class Tortuosity:
    """As ``porespy.simulations.tortuosity_fd`` returns it.

    Parameters
    ----------
    tortuosity : float
        τ = porosity · D₀/D, of all pores; infinite where nothing percolates.
    tortuosity_effective : float
        The same with the porosity of the pores that take part, which is PoreSpy's.
    formation_factor : float
        D₀/D [1].
    original_porosity, effective_porosity : float
        Of all pores, and of those that connect both faces [1].
    time : float
        Of the program [s].
    converged : bool
        Whether the value is as exact as was asked for.
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
    converged: bool
    im: npt.NDArray[Any]
    result: Result

    @property
    def im_conc(self) -> npt.NDArray[Any]:
        """Concentration, 1 on the first face and 0 on the last one, shape (z, y, x); needs ``fields=True``."""
        fields = self.result.fields()
        return np.asarray(next(fields[name] for name in fields if str(name).startswith("c_")))


def tortuosity(im: Any, axis: Union[int, str] = 0, **options: Any) -> Tortuosity:
    """Tortuosity along an axis of an array, by the diffusion through its pores.

    Parameters
    ----------
    im : array_like of shape (z, y, x)
        True, or 1, is pore, as PoreSpy has it.
    axis : int or str
        Of the array: 0 is its first, z of three, y of two; or the name.
    **options
        Of `diffusivity`.

    Returns
    -------
    Tortuosity

    Notes
    -----
    Values are those of the image's own grid, without the correction for its size, as other programs give them; ``.result``
    has both.

    Examples
    --------
    >>> import numpy as np
    >>> float(tortuosity(np.ones((8, 8, 8), bool), axis=0, ranks=1).tortuosity)
    1.0
    """
    array, names = _pores(im)
    name = axes(axis, names)
    if name is None or name not in list(AXES):
        raise Error(f"axis is {axis!r}, but one of ({', '.join(names)}) is expected, or its number", 2)
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
        converged=solved["converged"],
        im=array,
        result=result,
    )


def _pores(image: Any) -> tuple[npt.NDArray[np.bool_], str]:
    """True where a binary image is 1, and the names of the axes that were given."""
    given = taken(image)
    array = given.data
    if isinstance(array, str):
        raise Error(f"{array} is a file, but an array is expected; give the file to diffusivity", 2)
    if array.dtype.kind != "b":
        other = array[(array != 0) & (array != 1)]
        if other.size:
            raise Error(f"the array has the value {other[0]}, but 0 and 1 are expected; say what is pore, e.g. by im == 0", 2)
    return array.astype(bool, copy=False), given.names


class Solver:
    """As ``taufactor.Solver``: flux along the first axis of the array, through what is 1.

    Parameters
    ----------
    img : array_like of shape (z, y, x)
        1 conducts.
    omega, device
        TauFactor's, which mean nothing here.
    D_0 : float
        Diffusivity of what conducts, in the unit that `D_eff` is to have.
    voxel : str, float or three floats, optional
        As of `diffusivity`; ratios do not depend on it, but for voxels that are no cubes.

    Attributes
    ----------
    tau : float
        VF · D₀/D [1], infinite where nothing percolates; with those below, None before `solve`. TauFactor has arrays of one.
    D_eff, D_rel : float
        `D_0` · `D_rel`, and D/D₀ [1].
    VF : float
        Volume fraction of what is 1 [1].
    converged : bool
        Whether the value is as exact as was asked for.
    iter : int
        Iterations.
    result : Result
        All that was found, with its errors.

    Examples
    --------
    >>> import numpy as np
    >>> solver = Solver(np.ones((8, 8, 8)))
    >>> float(solver.solve(verbose=False))
    1.0
    """

    def __init__(
        self, img: Any, omega: Optional[float] = None, D_0: float = 1.0, device: Any = None, *, voxel: Voxel = None
    ) -> None:
        self.img, names = _pores(img)
        self._axis = names[0]
        self.voxel = voxel
        self.D_0 = D_0
        self.VF = float(self.img.mean())
        self.converged = False
        self.iter = 0
        self.D_rel: Optional[float] = None
        self.D_eff: Optional[float] = None
        self.tau: Optional[float] = None
        self.result: Optional[Result] = None

    def solve(
        self,
        iter_limit: Optional[int] = None,
        verbose: Any = True,
        conv_crit: float = 1e-4,
        plot_interval: int = 10,
        **options: Any,
    ) -> float:
        """Solve, and return `tau`.

        Parameters
        ----------
        iter_limit : int, optional
            Iterations at most.
        verbose : bool
            Whether a line tells of the progress.
        conv_crit : float
            Relative error of the result that is allowed [1].
        plot_interval : int
            TauFactor's, which means nothing here.
        **options
            Of `diffusivity`.

        Returns
        -------
        float
            The tortuosity factor VF · D₀/D [1], infinite where nothing percolates.
        """
        progress = "auto" if verbose else False
        options = {"accuracy": conv_crit, "max_iterations": iter_limit, "voxel": self.voxel, "progress": progress, **options}
        found = tortuosity(self.img, self._axis, **options)
        self.result = found.result
        self.D_rel = 1 / found.formation_factor
        self.D_eff = self.D_0 * self.D_rel
        self.tau = found.tortuosity
        self.converged = found.converged
        self.iter = found.result.data["result"]["diffusivity"][self._axis]["iterations"]
        return self.tau
