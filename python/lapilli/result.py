# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""What a run found."""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Optional

from ._card import card, described
from ._errors import Error, needing
from ._image import ARRAY
from ._program import run
from ._quotes import diffusivities, permeabilities, tensor
from ._rescale import rescaled
from .plot import Plots
from .quantity import Diffusivity, Permeability, Porosity, Quantity, Tensor, metres

if TYPE_CHECKING:
    import pandas
    import xarray

_FILE = "result.json"
_DRAWN = ("pictures.json", "progress.jsonl")  # beside it, and on the page
_ARRAYS = re.compile(r".*/lapilli-[^/]+/array\.raw")  # the file of an array, which is gone


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

    def __init__(
        self, data: dict[str, Any], folder: Optional[Path] = None, keep: object = None, of_other_voxels: bool = False
    ) -> None:
        self.data = data
        self.folder = folder
        self._keep = keep  # a folder that goes when nobody knows the result any more
        self._of_other_voxels = of_other_voxels  # than result.json in the folder

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
        return diffusivities(self.data)

    @property
    def diffusivity_tensor(self) -> Optional[Tensor]:
        """D/D₀ of an image that repeats itself [1]; None where it does not, so that there is no tensor."""
        return tensor(self.data, "diffusivity", "D/D0")

    @property
    def permeability(self) -> Mapping[str, Permeability]:
        """k by axis, of those that were solved: in mD, or in voxel² where the voxel size is not known."""
        return permeabilities(self.data)

    @property
    def permeability_tensor(self) -> Optional[Tensor]:
        """k of an image that repeats itself, in the units of `permeability`; None where it does not."""
        return tensor(self.data, "permeability", "k")

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
            Each of shape (z, y, x), a velocity (z, y, x, component) with components x, y, z; ``pore`` is of bool, as images
            are. Coordinates are the middles of voxels [m, or voxels]; ``.attrs`` of each field have its unit and what it is.
        """
        file = self._file("fields.h5", "run it with fields=True")
        with needing("fields"):
            from .fields import open_fields
        return open_fields(file, self.voxel_size)

    def to_frame(self) -> pandas.DataFrame:
        """One row, with the columns of ``lapilli collect``. Needs pandas.

        Returns
        -------
        pandas.DataFrame
        """
        with needing("all"):
            import pandas

        with tempfile.TemporaryDirectory(prefix="lapilli-") as folder:
            result, table = Path(folder, _FILE), Path(folder, "table.csv")
            _write(self.data, result)
            run(["collect", str(result), "--out", str(table)])
            return pandas.read_csv(table)

    def report(self, path: str | os.PathLike[str] | None = None) -> Path:
        """Write the page of the run.

        Parameters
        ----------
        path : path, optional
            By default ``report.html`` in the folder of the result, which one of `with_voxel` leaves as it is.

        Returns
        -------
        pathlib.Path
            Where the page is.
        """
        folder = self._file(_FILE, "analyze writes one").parent
        if path is None and self._of_other_voxels:
            raise Error(
                "the page in the folder is of the voxels that were solved with; name another, e.g. report('rock.html')", 2
            )
        page = Path(path) if path is not None else folder / "report.html"
        with tempfile.TemporaryDirectory(prefix="lapilli-") as scratch:
            _write(self.data, Path(scratch, _FILE))
            for name in _DRAWN:
                if (folder / name).exists():
                    shutil.copy(folder / name, scratch)
            run(["report", scratch])
            shutil.copyfile(Path(scratch, "report.html"), page)
        return page

    def with_voxel(self, voxel: str | float) -> Result:
        """The same with voxels of another size: lengths anew, without solving.

        Parameters
        ----------
        voxel : float or str
            Edge of a voxel: metres, or ``"5 um"``.

        Returns
        -------
        Result
            Ratios, what is in voxels, and the files in the folder stay.

        Raises
        ------
        Error
            The voxels are no cubes, so that their size is part of the solution; or `voxel` is no length.
        """
        if isinstance(self.voxel_size, list):
            raise Error("the voxels are no cubes, so another size is another problem; run it again", 2)
        return Result(rescaled(self.data, metres(voxel)), self.folder, self._keep, of_other_voxels=True)

    def __str__(self) -> str:
        return "\n".join(f"{quantity.name} = {quantity}" for quantity in self._quantities())

    def __repr__(self) -> str:
        return f"<lapilli.Result of {described(self.data['image'])}>\n{self}"

    def _repr_html_(self) -> str:
        return card(self.data["image"], self._quantities())

    def _quantities(self) -> list[Quantity]:
        porosity: list[Quantity] = [self.porosity] if "porosity" in self.data["result"] else []
        return [*porosity, *self.diffusivity.values(), *self.permeability.values()]

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
        data = json.loads(file.read_text(encoding="utf-8"))
        image = data["image"]["path"]
        if _ARRAYS.fullmatch(image):
            data["image"]["path"] = ARRAY
            data["warnings"] = [sentence.replace(image, ARRAY) for sentence in data["warnings"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Error(f"{file} is no result ({error}); name a folder that lapilli analyze has written", 2) from error
    return Result(data, file.parent)


def _write(data: dict[str, Any], file: Path) -> None:
    file.write_text(json.dumps(data), encoding="utf-8")
