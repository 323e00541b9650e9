# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""What a run found."""

from __future__ import annotations

import html
import json
import math
import os
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Optional

import numpy as np

from ._errors import Error
from ._program import run
from ._rescale import rescaled
from .plot import Plots
from .quantity import Diffusivity, Permeability, Porosity, Quantity, Tensor, percents

if TYPE_CHECKING:
    import pandas
    import xarray

_FILE = "result.json"
_AXES = "xyz"
_PLAIN = {  # by quantity and unit: the value as solved along an axis, and the tensor as solved
    ("diffusivity", "1"): ("relative", "tensor"),
    ("permeability", "mD"): ("permeability_md", "tensor_md"),
    ("permeability", "voxel²"): ("permeability_voxel2", "tensor_voxel2"),
}


class Result:
    """A result, read from the program's own JSON. `analyze` and the others return it, `read` reads one.

    Parameters
    ----------
    data : dict
        result.json as it is; docs/result.schema.json describes it.
    folder : pathlib.Path, optional
        Where its files are.

    Examples
    --------
    >>> import lapilli, numpy as np
    >>> r = lapilli.diffusivity(np.ones((8, 8, 8), bool), axis="z", ranks=1)
    >>> r.shape, r.converged, r.diffusivity["z"].value
    ((8, 8, 8), True, 1.0)
    """

    def __init__(self, data: dict[str, Any], folder: Optional[Path] = None, keep: object = None) -> None:
        self.data = data
        self.folder = folder
        self._keep = keep  # a folder that goes when nobody knows the result any more

    @property
    def porosity(self) -> Porosity:
        """Pores over all voxels [1]; ``.connected["z"]``: what of it connects both faces of an axis."""
        found = self._section("porosity")
        return Porosity(found["total"], "1", "porosity", connected=dict(found["connected"]))

    @property
    def percolation(self) -> dict[str, Any]:
        """Connected components, of all and by axis [voxels], as in result.json."""
        return self._section("percolation")

    @property
    def diffusivity(self) -> Mapping[str, Diffusivity]:
        """D/D₀ by axis [1], of those that were solved."""
        return {
            axis: Diffusivity(
                **quoted,
                formation_factor=_number(quote["formation_factor"], math.nan if quoted["percolates"] else math.inf),
                tortuosity=_number(quote["tortuosity"], math.nan if quoted["percolates"] else math.inf),
            )
            for axis, quote, quoted in self._quoted("diffusivity", "D/D0")
        }

    @property
    def diffusivity_tensor(self) -> Optional[Tensor]:
        """D/D₀ of an image that repeats itself [1]; None where it does not, so that there is no tensor."""
        return self._tensor("diffusivity", "D/D0")

    @property
    def permeability(self) -> Mapping[str, Permeability]:
        """k by axis, of those that were solved: in mD, or in voxel² where the voxel size is not known."""
        return {axis: Permeability(**quoted) for axis, _, quoted in self._quoted("permeability", "k")}

    @property
    def permeability_tensor(self) -> Optional[Tensor]:
        """k of an image that repeats itself, in the units of `permeability`; None where it does not."""
        return self._tensor("permeability", "k")

    @property
    def pore_size(self) -> dict[str, Any]:
        """Radii, chords, surface and curvature, as in result.json: names end with their units."""
        return self._section("pore_size")

    @property
    def drainage(self) -> dict[str, Any]:
        """Capillary pressure [Pa], radii and saturation [1], as in result.json: names end with their units."""
        return self._section("drainage")

    @property
    def network(self) -> dict[str, Any]:
        """The pore network's numbers, as in result.json: names end with their units."""
        return self._section("network")

    @property
    def shape(self) -> tuple[int, int, int]:
        """Voxels along z, y, x."""
        nz, ny, nx = self.data["image"]["shape"]
        return nz, ny, nx

    @property
    def voxel_size(self) -> Any:
        """Edge of a voxel [m], three (z, y, x) where they are no cubes, None where nobody knows."""
        return self.data["image"]["voxel_size_m"]

    @property
    def converged(self) -> bool:
        """Whether every value is as exact as was asked for."""
        return bool(self.data["status"] == "done")

    @property
    def warnings(self) -> list[str]:
        """The program's remarks, a sentence each."""
        return list(self.data["warnings"])

    @property
    def seconds(self) -> float:
        """The program's whole time [s]."""
        return float(self.data["timing"]["total_s"])

    @property
    def plot(self) -> Plots:
        """Figures by matplotlib: ``r.plot()`` the headline, ``r.plot.pore_size()`` and others."""
        return Plots(self)

    def fields(self) -> xarray.Dataset:
        """The fields, of which only what is looked at is read. Needs ``fields=True``, h5py and xarray.

        Returns
        -------
        xarray.Dataset
            Each of shape (z, y, x), a velocity (z, y, x, component) with components x, y, z. Coordinates are the middles of
            voxels [m, or voxels]; ``.attrs`` of each field have its unit and what it is.
        """
        from .fields import open_fields

        return open_fields(self._file("fields.h5", "run it with fields=True"), self.voxel_size)

    def to_frame(self) -> pandas.DataFrame:
        """One row, with the columns of ``lapilli collect``. Needs pandas.

        Returns
        -------
        pandas.DataFrame
        """
        import pandas

        with tempfile.TemporaryDirectory(prefix="lapilli-") as folder:
            result, table = Path(folder, _FILE), Path(folder, "table.csv")
            result.write_text(json.dumps(self.data))
            run(["collect", str(result), "--out", str(table)])
            return pandas.read_csv(table)

    def report(self, path: str | os.PathLike[str] | None = None) -> Path:
        """Write the page of the run.

        Parameters
        ----------
        path : path, optional
            By default ``report.html`` in the folder of the result.

        Returns
        -------
        pathlib.Path
            Where the page is.
        """
        self._file(_FILE, "analyze writes one")
        assert self.folder is not None
        run(["report", str(self.folder)])
        page = self.folder / "report.html"
        if path is None:
            return page
        Path(path).write_bytes(page.read_bytes())
        return Path(path)

    def with_voxel(self, voxel: float) -> Result:
        """The same with voxels of another size: lengths anew, without solving.

        Parameters
        ----------
        voxel : float
            Edge of a voxel [m].

        Returns
        -------
        Result
            Ratios and what is in voxels stay.

        Raises
        ------
        Error
            The voxels are no cubes, so that their size is part of the solution.
        """
        if isinstance(self.voxel_size, list):
            raise Error("the voxels are no cubes, so another size is another problem; run it again", 2)
        return Result(rescaled(self.data, voxel), self.folder, self._keep)

    def __str__(self) -> str:
        return "\n".join(f"{quantity.name} = {quantity}" for quantity in self._quantities())

    def __repr__(self) -> str:
        return f"<lapilli.Result of {self.data['image']['path']}>\n{self}"

    def _repr_html_(self) -> str:
        return _card(self.data["image"]["path"], self._quantities())

    def _quantities(self) -> list[Quantity]:
        porosity: list[Quantity] = [self.porosity] if "porosity" in self.data["result"] else []
        return [*porosity, *self.diffusivity.values(), *self.permeability.values()]

    def _quoted(self, name: str, symbol: str) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
        """Of each axis that was solved: its name, the summary, and the parameters that all quantities have."""
        found, summary = self._section(name), self.data["summary"].get(name, {})
        tensor = "tensor" in summary
        for axis, quote in ((axis, summary[axis]) for axis in _AXES if axis in summary):
            of_axis, of_tensor = _PLAIN[name, quote["unit"]]
            solve = found["solves"][axis] if tensor else found[axis]
            at = _AXES.index(axis)
            yield (
                axis,
                quote,
                {
                    "value": _number(quote["value"], math.nan),
                    "unit": quote["unit"],
                    "name": f"{symbol} {axis}",
                    "plain": found[of_tensor][at][at] if tensor else solve[of_axis],
                    "note": quote["note"],
                    "percolates": solve["percolates"],
                    "converged": solve["converged"],
                    **quote["parts"],
                },
            )

    def _tensor(self, name: str, symbol: str) -> Optional[Tensor]:
        found = self.data["summary"].get(name, {}).get("tensor")
        return None if found is None else Tensor(np.array(found["value"], dtype=float), found["unit"], symbol)

    def _section(self, name: str) -> dict[str, Any]:
        found: dict[str, Any] = self.data["result"].get(name) or {}
        return found

    def _file(self, name: str, advice: str) -> Path:
        if self.folder is None or not (self.folder / name).exists():
            raise Error(f"this result has no {name}; {advice}", 2)
        return self.folder / name


def read(folder: str | os.PathLike[str]) -> Result:
    """A result from its folder, or from a result.json.

    Parameters
    ----------
    folder : path

    Returns
    -------
    Result

    Raises
    ------
    Error
        There is none.

    Examples
    --------
    >>> import lapilli, numpy as np
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = lapilli.diffusivity(np.ones((8, 8, 8), bool), axis="z", ranks=1, out=folder + "/open")
    ...     read(folder + "/open").diffusivity["z"].value
    1.0
    """
    path = Path(folder)
    file = path / _FILE if path.is_dir() else path
    try:
        data = json.loads(file.read_text())
    except (OSError, ValueError) as error:
        raise Error(f"{file} is no result ({error}); name a folder that lapilli analyze has written", 2) from error
    return Result(data, file.parent)


def _number(value: float | None, otherwise: float) -> float:
    return otherwise if value is None else value


def _card(path: str, quantities: list[Quantity]) -> str:
    rows = []
    for quantity in quantities:
        unit = "" if quantity.unit == "1" else quantity.unit
        parts = ", ".join(f"{source} ± {percents(part)}" for source, part in quantity.parts.items() if part is not None)
        value = "–" if math.isnan(quantity.value) else f"{quantity.value:.4g}"
        words = [quantity.name, value, unit, parts or (quantity.note or "")]
        rows.append("<tr>" + "".join(f"<td style='text-align:left'>{html.escape(word)}</td>" for word in words) + "</tr>")
    return f"<table><caption>{html.escape(path)}</caption><tbody>{''.join(rows)}</tbody></table>"
