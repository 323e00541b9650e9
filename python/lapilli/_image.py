# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""Images as the program takes them: files as they are, arrays through a file in memory."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import shutil
from collections.abc import Iterator, Sequence
from typing import Any, Optional, Union

import numpy as np
import numpy.typing as npt

from ._errors import Error
from ._scratch import Folder, room
from ._words import AXES, voxel_type

ImageLike = Union[str, "os.PathLike[str]", npt.ArrayLike]
Voxel = Union[str, float, Sequence[float], None]

ARRAY = "the array"  # as sentences call an image without a file

METRES = {
    "m": 1.0,
    "mm": 1e-3,
    "nm": 1e-9,
    **dict.fromkeys(("um", "\u00b5m", "\u03bcm", "micron", "micrometer", "micrometre"), 1e-6),
}


@dataclasses.dataclass(frozen=True)
class Image:
    """An image as it was given.

    Parameters
    ----------
    data : str or ndarray of shape (z, y, x)
        The path of a file, or the values.
    names : str
        Of the axes that were given, in their order: ``"zyx"``, or ``"yx"`` of a plane, or as xarray names them.
    lengths : tuple of int, optional
        Along these; None of a file.
    edges : list of float, optional
        Those of a voxel by the coordinates of xarray [m], of all along (z, y, x), or of each.
    """

    data: Union[str, npt.NDArray[Any]]
    names: str = AXES
    lengths: Optional[tuple[int, ...]] = None
    edges: Optional[list[float]] = None

    @property
    def is_file(self) -> bool:
        """Whether the program reads it by itself."""
        return isinstance(self.data, str)

    @property
    def is_bool(self) -> bool:
        """Whether True is pore."""
        return not isinstance(self.data, str) and self.data.dtype.kind == "b"


def taken(image: Any) -> Image:
    """A path as it is; else an array (z, y, x) of numpy, from one of numpy, xarray, dask or torch.

    One of two dimensions is a single plane. Axes of xarray that are named x, y and z come into their order.

    Raises
    ------
    Error
        It has another number of dimensions, or values that are no labels.
    """
    if isinstance(image, (str, os.PathLike)):
        path = os.fsdecode(image)
        return Image(f"./{path}" if path.startswith("-") else path)  # which is no option
    names = _names_of(image)
    edges = None if names is None else _edges_of_coordinates(image, names)
    array = _of_numpy(image)
    if array.ndim not in (2, 3):
        raise Error(f"the array has the shape {array.shape}, but an image has (z, y, x); give it three dimensions", 2)
    if array.size == 0:
        raise Error(f"the array is empty, of shape {array.shape}; give it one voxel at least along each axis", 2)
    names, lengths = names or AXES[-array.ndim :], array.shape
    array = array.transpose([names.index(name) for name in AXES if name in names])
    for at, name in enumerate(AXES):
        if name not in names:
            array = np.expand_dims(array, at)
    return Image(array, names, lengths, edges)


def _of_numpy(image: Any) -> npt.NDArray[Any]:
    if hasattr(image, "detach"):
        image = _of_torch(image)
    if hasattr(image, "compute"):  # dask, also below xarray
        image = image.compute()
    if np.ma.is_masked(image):
        raise Error("the array is masked, but files have no masks; give im.filled(255), with outside=255 where that is meant", 2)
    try:
        array = np.asarray(image)
    except ValueError as error:  # rows of several lengths
        raise Error(f"the image cannot become an array of numpy ({error}); give it as one of three dimensions", 2) from error
    if array.dtype.kind not in "buif" or array.dtype.itemsize > 8:
        raise Error(f"the array has values of type {array.dtype}, but labels are bool, whole numbers or floats; convert it", 2)
    if array.dtype == np.float16:
        array = array.astype(np.float32)
    return array


def _of_torch(tensor: Any) -> Any:
    try:
        return tensor.detach().cpu().numpy()
    except (TypeError, RuntimeError) as error:  # a type that numpy has not, such as bfloat16
        raise Error(f"the tensor cannot become an array of numpy ({error}); convert it, e.g. by im.to(torch.uint8)", 2) from error


def _names_of(image: Any) -> str | None:
    """Those of the axes of an xarray.DataArray, if they are such of space."""
    named = [str(name).lower() for name in getattr(image, "dims", ())] if hasattr(image, "coords") else []
    return "".join(named) if len(named) in (2, 3) and len({*named} & {*AXES}) == len(named) else None


def voxel_of(image: Image, voxel: Voxel) -> str | None:
    """The edges of voxels as the program reads them: by `voxel`, else by the coordinates of an xarray.DataArray."""
    if isinstance(voxel, str):
        return voxel.replace(" ", "")
    if voxel is None:
        if image.edges is None:
            return None
        edges = image.edges
    else:
        try:
            edges = np.asarray(voxel, dtype=float).ravel().tolist()
        except (TypeError, ValueError) as error:
            raise Error(
                f"voxel is {voxel!r}, but a text such as '2 um' is expected, or one or three numbers, in metres", 2
            ) from error
    if len(edges) == 1:
        return f"{edges[0]!r}m"
    if len(edges) != 3:
        raise Error(f"voxel has {len(edges)} lengths, but one or three (z, y, x), in metres, are expected", 2)
    return ",".join(f"{axis}={edge!r}m" for axis, edge in zip(AXES, edges))


def _edges_of_coordinates(image: Any, names: str) -> list[float] | None:
    """Of voxels along (z, y, x), where they are known; a plane is as thick as its voxels are wide."""
    found = {name: _step(image.coords[dim]) for name, dim in zip(names, image.dims) if dim in image.coords}
    known = [edge for edge in (found.get(name) for name in AXES) if edge is not None]
    if len(known) < len(names):
        return None
    return known if len(known) == len(AXES) else known[:1] if known[0] == known[1] else None


def _step(coordinate: Any) -> float | None:
    """Between the middles of voxels [m]; None where nobody knows, or where it is not the same everywhere."""
    unit = METRES.get(str(coordinate.attrs.get("units", "")))
    if unit is None or coordinate.ndim != 1 or coordinate.size < 2:
        return None
    steps = np.diff(np.asarray(coordinate.values, dtype=float))
    if steps[0] == 0 or not np.allclose(steps, steps[0], rtol=1e-3, atol=0):
        return None
    return float(f"{abs(steps.mean()) * unit:.6g}")  # upwards or downwards


@contextlib.contextmanager
def as_file(image: Image) -> Iterator[list[str]]:
    """The words of a command line that name the image. The file of an array is gone afterwards."""
    array = image.data
    if isinstance(array, str):
        yield [array]
        return
    folder = Folder(_roomiest(array.nbytes))
    try:
        file = folder.path / "array.raw"
        with room(folder.path.parent), file.open("wb") as out:
            for plane in array:
                np.ascontiguousarray(plane, dtype=_stored(array.dtype)).tofile(out)
        shape = "x".join(map(str, array.shape))
        yield [str(file), "--shape", shape, "--type", voxel_type(array.dtype)]
    except Error as error:  # the name of a file that nobody has seen is no help
        error.args = (error.args[0].replace(str(file), ARRAY),)
        raise
    finally:
        folder.remove()


def _stored(dtype: np.dtype[Any]) -> np.dtype[Any]:
    return np.dtype(np.uint8) if dtype.kind == "b" else dtype.newbyteorder("<")


def _roomiest(size: int) -> str | None:
    """Shared memory where the array leaves half of it free, else the usual folder for temporary files."""
    memory = "/dev/shm"
    if os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 2 * size:
        return memory
    return None
