# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""Numbers with their unit and their errors."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from typing import Any, Optional, TypeVar

_SQUARE_METRES = {"m²": 1.0, "m2": 1.0, "D": 9.869233e-13, "mD": 9.869233e-16, "µm²": 1e-12, "um2": 1e-12}
_METRES = {"m": 1.0, "mm": 1e-3, "µm": 1e-6, "um": 1e-6, "nm": 1e-9}
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
            m², D, mD, µm² or m, mm, µm, nm.

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
        for kind in (_SQUARE_METRES, _METRES):
            if self.unit in kind and unit in kind:
                factor = kind[self.unit] / kind[unit]
                plain = None if self.plain is None else self.plain * factor
                return dataclasses.replace(self, value=self.value * factor, unit=unit, plain=plain)
        if unit == self.unit:
            return self
        raise ValueError(f"{self.name or 'the value'} is in {self.unit}, which is no multiple of {unit}")

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
        D₀/D [1].
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


def percents(part: float) -> str:
    """A relative error for people.

    >>> percents(0.0123), percents(2e-7)
    ('1.2 %', '2e-05 %')
    """
    return f"{100 * part:.2g} %"
