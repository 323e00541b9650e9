# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""Figures of a result, by matplotlib."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Optional, Union

import numpy as np

from ._errors import Error, needing
from ._words import axes

if TYPE_CHECKING:
    import xarray
    from matplotlib.axes import Axes

    from .quantity import Quantity
    from .result import Result

_AXES = "xyz"
_SOLID = "#eae3d5"  # as in the program's own pages


class Plots:
    """Figures of a result, `Result.plot`. Each draws into `ax`, or into a new figure, and returns the axes."""

    def __init__(self, result: Result) -> None:
        self._result = result

    def __call__(self, ax: Optional[Axes] = None) -> Axes:
        """The value to quote along each axis with its error: the permeability [mD], else the diffusivity [1].

        Parameters
        ----------
        ax : matplotlib.axes.Axes, optional
            By default those of a new figure.

        Returns
        -------
        matplotlib.axes.Axes
        """
        quantities = self._result.permeability or self._result.diffusivity
        if not quantities:
            raise Error("this result has neither diffusivity nor permeability to draw; plot.pore_size() may have something", 2)
        ax = _axes(ax)
        values: list[Quantity] = list(quantities.values())
        ax.bar(
            list(quantities),
            [q.value for q in values],
            yerr=[q.value * (q.relative_error or 0) for q in values],
            capsize=4,
            color="#2f6f8f",
        )
        unit = values[0].unit
        name = "k" if self._result.permeability else "D/D₀"
        ax.set_ylabel(name if unit == "1" else f"{name} [{unit}]")
        ax.set_xlabel("axis")
        return ax

    def pore_size(self, ax: Optional[Axes] = None) -> Axes:
        """The cumulative distribution of the pores' volume [1] by radius [µm, or voxels].

        Parameters
        ----------
        ax : matplotlib.axes.Axes, optional
            By default those of a new figure.

        Returns
        -------
        matplotlib.axes.Axes
        """
        ax = _axes(ax)
        distribution = self._section("pore_size")["distribution"]
        radius, unit = self._length(distribution, "radius")
        ax.step(radius, distribution["cumulative"], where="post")
        ax.set_xlabel(f"pore radius [{unit}]")
        ax.set_ylabel("part of the pores' volume up to it")
        ax.set_ylim(0, 1)
        return ax

    def chords(self, ax: Optional[Axes] = None) -> Axes:
        """How many straight lines through pores have which length [µm, or voxels], along each axis.

        Parameters
        ----------
        ax : matplotlib.axes.Axes, optional
            By default those of a new figure.

        Returns
        -------
        matplotlib.axes.Axes
        """
        ax = _axes(ax)
        sizes, edge = self._section("pore_size"), self._result.voxel_size
        unit, factor = ("voxels", 1.0) if not isinstance(edge, float) else ("µm", 1e6 * edge)
        for axis in _AXES:
            if axis in sizes:
                chords = sizes[axis]["chords"]
                ax.plot(factor * np.asarray(chords["length"]), chords["number"], label=axis)
        ax.set_xlabel(f"chord length [{unit}]")
        ax.set_ylabel("number of chords")
        ax.set_yscale("log")
        ax.legend(title="axis")
        return ax

    def drainage(self, ax: Optional[Axes] = None) -> Axes:
        """Capillary pressure and saturation of the invading fluid [1], by axis, with trapping (dashed) and without.

        The pressure is in Pa; where the voxel size is not known, 1 / radius [1/voxel], which it is proportional to.

        Parameters
        ----------
        ax : matplotlib.axes.Axes, optional
            By default those of a new figure.

        Returns
        -------
        matplotlib.axes.Axes
        """
        ax = _axes(ax)
        drained, known = self._section("drainage"), self._result.voxel_size is not None
        for axis in (*_AXES, "all"):  # by one face of an axis, or by all faces
            if axis not in drained:
                continue
            curve = drained[axis]["curve"]
            heights = np.array(curve["pressure_pa"], dtype=float) if known else 1 / np.asarray(curve["radius_voxels"])
            (line,) = ax.plot(curve["saturation"], heights, label=axis)
            if "saturation_with_trapping" in curve:
                ax.plot(curve["saturation_with_trapping"], heights, "--", color=line.get_color())
        ax.set_ylabel("capillary pressure [Pa]" if known else "1 / radius of the interface [1/voxel]")
        ax.set_xlabel("saturation of the invading fluid")
        ax.legend(title="axis")
        return ax

    def planes(self, field: str, axis: Union[str, int] = "z", index: Optional[int] = None, ax: Optional[Axes] = None) -> Axes:
        """A plane of a field across an axis. Needs ``fields=True``; what is 0, solid above all, stays blank.

        Parameters
        ----------
        field : str
            As in `Result.fields`: ``"speed_z"``, ``"thickness"``.
        axis : {"x", "y", "z"} or int
            Across which the plane lies; a number is that of the array's: 0 is z.
        index : int, optional
            Of the plane [voxels]; by default the middle one.
        ax : matplotlib.axes.Axes, optional
            By default those of a new figure.

        Returns
        -------
        matplotlib.axes.Axes
            In µm, or voxels.

        Raises
        ------
        Error
            There is no such field or plane, or the field is one of vectors.
        """
        fields = self._result.fields()
        if field not in fields:
            raise Error(f"there is no field {field}; there are {', '.join(map(str, fields))}", 2)
        chosen = _plane(fields[field], axis, index)
        ax = _axes(ax)
        axis = next(side for side in "zyx" if side not in chosen.dims)
        unit, factor = ("µm", 1e6) if chosen[axis].attrs["units"] == "m" else ("voxels", 1.0)
        rows, columns = chosen.dims
        height, width = (factor * float(chosen[side][0] + chosen[side][-1]) for side in (rows, columns))
        image = ax.imshow(chosen.astype(float).where(chosen != 0), extent=(0, width, height, 0), interpolation="nearest")
        ax.set_facecolor(_SOLID)
        ax.set_title(f"{axis} = {factor * float(chosen[axis]):.4g} {unit}")
        ax.set_xlabel(f"{columns} [{unit}]")
        ax.set_ylabel(f"{rows} [{unit}]")
        measured_in = chosen.attrs["units"]
        ax.figure.colorbar(image, ax=ax, label=field if measured_in == "1" else f"{field} [{measured_in}]")
        return ax

    def _section(self, name: str) -> dict[str, Any]:
        found: dict[str, Any] = self._result.data["result"].get(name) or {}
        if not found:
            raise Error(f"this result has no {name.replace('_', ' ')}; lapilli.{name} measures it", 2)
        return found

    def _length(self, node: dict[str, Any], name: str) -> tuple[Any, str]:
        metres = node.get(f"{name}_m")
        if metres is None:
            return np.asarray(node[f"{name}_voxels"]), "voxels"
        return 1e6 * np.asarray(metres), "µm"


def _plane(field: xarray.DataArray, axis: Union[str, int], index: Optional[int]) -> xarray.DataArray:
    if "component" in field.dims:
        raise Error(
            f"{field.name} is a field of vectors; draw that of their length, speed_x of velocity_x, or fields() by hand", 2
        )
    across = axes(axis)
    if across is None or across not in field.dims:
        raise Error(f"there is no axis {axis!r}; expected x, y or z, or 0, 1, 2 of (z, y, x)", 2)
    length = field.sizes[across]
    chosen = length // 2 if index is None else index
    if not -length <= chosen < length:
        raise Error(f"there is no plane {chosen} across {across}; the image has {length}, counted from 0", 2)
    plane: xarray.DataArray = field.isel({across: chosen})
    return plane


def _axes(ax: Optional[Axes]) -> Axes:
    if ax is not None:
        return ax
    with needing("plot"):
        import matplotlib.pyplot as plt

    return plt.subplots(layout="constrained")[1]
