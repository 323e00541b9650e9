# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""Numbers with their unit and their errors."""

from __future__ import annotations

import dataclasses
import math
import re
from collections.abc import Mapping
from typing import Any, Optional, TypeVar, Union

import numpy as np
import numpy.typing as npt

from ._errors import Error
from ._image import METRES

MILLIDARCY_M2 = 9.869233e-16
_SQUARE_METRES = {
    "D": 1e3 * MILLIDARCY_M2,
    "mD": MILLIDARCY_M2,
    **{unit + power: edge**2 for unit, edge in METRES.items() for power in ("²", "2")},
}
_LENGTH = re.compile(r"\s*(?P<number>[-+.\deE]+)\s*(?P<unit>\S+)\s*")
_PARTS = ("solver", "grid", "sample", "segmentation")

Self = TypeVar("Self", bound="Quantity")


@dataclasses.dataclass(frozen=True)
class Quantity:
    """A value to quote. ``float(q)`` is `value`.

    Parameters
    ----------
    value : float
        In `unit`; corrected for the grid where that was measured. NaN where there is none, see `note`.
    unit : str
        ``"1"`` without one.
    name : str
        With its axis, where it has one.
    solver, grid, sample, segmentation : float or None
        Relative error by that source [1], one standard deviation or a bound; None: was not measured.
    plain : float or None
        The value on the grid of the image, as solved, in `unit`.
    note : str or None
        Why there is no value, or what to think of it.

    Examples
    --------
    >>> k = Quantity(250.0, "mD", "k x", solver=1e-4, grid=0.03, sample=0.04)
    >>> print(k)
    250 mD (solver ± 0.01 %, grid ± 3 %, sample ± 4 %)
    >>> round(k.relative_error, 3)
    0.05
    """

    value: float
    unit: str = "1"
    name: str = ""
    solver: Optional[float] = None
    grid: Optional[float] = None
    sample: Optional[float] = None
    segmentation: Optional[float] = None
    plain: Optional[float] = None
    note: Optional[str] = None

    def __float__(self) -> float:
        return self.value

    @property
    def relative_error(self) -> float | None:
        """All sources together, as if they were independent; None without any."""
        parts = [part for part in self.parts.values() if part is not None]
        return math.hypot(*parts) if parts else None

    @property
    def parts(self) -> dict[str, float | None]:
        """Relative errors by source."""
        return {name: getattr(self, name) for name in _PARTS}

    def to(self: Self, unit: str) -> Self:
        """The same in another unit of the same kind.

        Parameters
        ----------
        unit : str
            m², D, mD, µm² or m, mm, µm, nm; u and 2 do for µ and ².

        Returns
        -------
        Quantity
            `value` and `plain` in it; relative errors stay.

        Raises
        ------
        ValueError
            The units measure different things.

        Examples
        --------
        >>> Quantity(1.0, "mD").to("m²").value
        9.869233e-16
        """
        factor = _factor(self.unit, unit, self.name or "the value")
        plain = None if self.plain is None else self.plain * factor
        return dataclasses.replace(self, value=self.value * factor, unit=unit, plain=plain)

    def ufloat(self) -> Any:
        """As a number of the package `uncertainties`, which must be installed."""
        from uncertainties import ufloat

        return ufloat(self.value, abs(self.value) * (self.relative_error or 0.0))

    def __str__(self) -> str:
        if math.isnan(self.value):
            return f"none ({self.note})" if self.note else "none"
        known = [f"{name} ± {percents(part)}" for name, part in self.parts.items() if part is not None]
        unit = "" if self.unit == "1" else f" {self.unit}"
        return f"{self.value:.4g}{unit}" + (f" ({', '.join(known)})" if known else "")


@dataclasses.dataclass(frozen=True)
class Porosity(Quantity):
    """Pores over all voxels [1], and what of it connects both faces of an axis.

    Parameters
    ----------
    connected : mapping of str to float
        By axis: pores that connect both its faces over all voxels [1].

    Examples
    --------
    >>> Porosity(0.4, connected={"x": 0.39}).connected["x"]
    0.39
    """

    connected: Mapping[str, float] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True)
class Diffusivity(Quantity):
    """D/D₀ along an axis [1]. No percolation is an answer: 0, a `formation_factor` that is infinite.

    Parameters
    ----------
    formation_factor : float
        D₀/D [1]; NaN, as `tortuosity`, where several conductivities leave it without a meaning.
    tortuosity : float
        φ D₀/D [1], φ being the porosity of all pores.
    percolates : bool
        Whether pores connect both faces of the axis.
    converged : bool
        Whether the value is as exact as was asked for.
    """

    formation_factor: float = math.nan
    tortuosity: float = math.nan
    percolates: bool = True
    converged: bool = True


@dataclasses.dataclass(frozen=True)
class Permeability(Quantity):
    """k along an axis, in mD, or in voxel² where nobody knows how large voxels are.

    Parameters
    ----------
    percolates : bool
        Whether pores connect both faces of the axis.
    converged : bool
        Whether the value is as exact as was asked for.

    Examples
    --------
    >>> f"{Permeability(1000.0, 'mD').to('µm²').value:.4f}"
    '0.9869'
    """

    percolates: bool = True
    converged: bool = True


@dataclasses.dataclass(frozen=True, eq=False)
class Tensor:
    """A tensor of an image that repeats itself. Rows and columns are x, y, z; ``np.asarray(t)`` is `value`.

    Parameters
    ----------
    value : ndarray, shape (3, 3)
        In `unit`.
    unit : str
        ``"1"`` without one.
    name : str
        Of the quantity.

    Examples
    --------
    >>> k = Tensor(np.diag([300.0, 200.0, 100.0]), "mD", "k")
    >>> float(k.to("D").value[0, 0]), np.asarray(k).trace().item()
    (0.3, 600.0)
    """

    value: npt.NDArray[np.float64]
    unit: str = "1"
    name: str = ""

    def __array__(self, dtype: Any = None, copy: Optional[bool] = None) -> npt.NDArray[Any]:
        return np.array(self.value, dtype=dtype)

    def to(self, unit: str) -> Tensor:
        """The same in another unit of the same kind, as `Quantity.to`."""
        return dataclasses.replace(self, value=self.value * _factor(self.unit, unit, self.name or "the tensor"), unit=unit)


def metres(length: Union[str, float]) -> float:
    """The edge of a voxel [m], from a number of metres or words.

    >>> metres("5 um"), metres(2e-6)
    (5e-06, 2e-06)
    """
    try:
        value = _metres_of_words(length) if isinstance(length, str) else float(length)
    except (KeyError, TypeError, ValueError):
        value = math.nan
    if not 0 < value < math.inf:
        raise Error(f"voxel={length!r} is no length above 0; give one in metres, e.g. 2e-6, or with a unit, e.g. '2 um'", 2)
    return value


def _metres_of_words(words: str) -> float:
    found = _LENGTH.fullmatch(words)
    if found is None:
        raise ValueError(words)
    return float(f"{float(found['number']) * METRES[found['unit']]:.15g}")


def _factor(old: str, new: str, name: str) -> float:
    for kind in (_SQUARE_METRES, METRES):
        if old in kind and new in kind:
            return kind[old] / kind[new]
    if old == new:
        return 1.0
    raise ValueError(f"{name} is in {old}, which is no multiple of {new}")


def percents(part: float) -> str:
    """A relative error for people.

    >>> percents(0.0123), percents(2e-7)
    ('1.2 %', '2e-05 %')
    """
    return f"{100 * part:.2g} %"
