# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""Images as the program takes them: files as they are, arrays through a file in memory."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Union

import numpy as np
import numpy.typing as npt

from ._errors import Error
from ._words import voxel_type

ImageLike = Union[str, "os.PathLike[str]", npt.ArrayLike]
Voxel = Union[str, float, Sequence[float], None]

ARRAY = "the array"  # as sentences call an image without a file

_METRES = {
    "m": 1.0,
    "mm": 1e-3,
    "nm": 1e-9,
    **dict.fromkeys(("um", "\u00b5m", "\u03bcm", "micron", "micrometer", "micrometre"), 1e-6),
}


def as_array(image: Any) -> npt.NDArray[Any]:
    """A 3-D array (z, y, x) of numpy, from one of numpy, xarray, dask or torch; one of two dimensions is a single plane.

    Raises
    ------
    Error
        It has another number of dimensions, or values that are no labels.
    """
    if hasattr(image, "detach"):
        image = _of_torch(image)
    if hasattr(image, "compute"):  # dask, also below xarray
        image = image.compute()
    if np.ma.is_masked(image):
        raise Error("the array is masked, but files have no masks; give im.filled(255), with outside=255 where that is meant", 2)
    array = np.asarray(image)
    if array.ndim == 2:
        array = array[np.newaxis]
    if array.ndim != 3:
        raise Error(f"the array has the shape {array.shape}, but an image has (z, y, x); give it three dimensions", 2)
    if array.size == 0:
        raise Error(f"the array is empty, of shape {array.shape}; give it one voxel at least along each axis", 2)
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


def voxel_of(image: Any, voxel: Voxel) -> str | None:
    """The edges of voxels as the program reads them: by `voxel`, else by the coordinates of an xarray.DataArray."""
    if isinstance(voxel, str):
        return voxel.replace(" ", "")
    if voxel is None:
        edges = _edges_of_coordinates(image)
        if edges is None:
            return None
    else:
        edges = [float(edge) for edge in np.atleast_1d(np.asarray(voxel, dtype=float))]
    if len(edges) == 1:
        return f"{edges[0]!r}m"
    if len(edges) != 3:
        raise Error(f"voxel has {len(edges)} lengths, but one or three (z, y, x), in metres, are expected", 2)
    return ",".join(f"{axis}={edge!r}m" for axis, edge in zip("zyx", edges))


def _edges_of_coordinates(image: Any) -> list[float] | None:
    coordinates, names = getattr(image, "coords", None), getattr(image, "dims", ())
    if coordinates is None or len(names) != 3:
        return None
    edges = []
    for name in names:
        if name not in coordinates or coordinates[name].size < 2:
            return None
        unit = _METRES.get(coordinates[name].attrs.get("units", ""))
        steps = np.diff(np.asarray(coordinates[name].values, dtype=float))
        if unit is None or not np.allclose(steps, steps[0], rtol=1e-3) or steps[0] == 0:
            return None
        edges.append(float(f"{abs(steps.mean()) * unit:.6g}"))  # upwards or downwards
    return edges


@contextlib.contextmanager
def as_file(image: ImageLike) -> Iterator[list[str]]:
    """The words of a command line that name the image. The file of an array is gone afterwards."""
    if isinstance(image, (str, os.PathLike)):
        yield [os.fspath(image)]
        return
    array = as_array(image)
    folder = Path(tempfile.mkdtemp(prefix="lapilli-", dir=_roomiest(array.nbytes)))
    try:
        file = folder / "array.raw"
        with file.open("wb") as out:
            for plane in array:
                np.ascontiguousarray(plane, dtype=_stored(array.dtype)).tofile(out)
        shape = "x".join(map(str, array.shape))
        yield [str(file), "--shape", shape, "--type", voxel_type(array.dtype)]
    except Error as error:  # the name of a file that nobody has seen is no help
        error.args = (error.args[0].replace(str(file), ARRAY),)
        raise
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _stored(dtype: np.dtype[Any]) -> np.dtype[Any]:
    return np.dtype(np.uint8) if dtype.kind == "b" else dtype.newbyteorder("<")


def _roomiest(size: int) -> str | None:
    """Shared memory where the array leaves half of it free, else the usual folder for temporary files."""
    memory = "/dev/shm"
    if os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 2 * size:
        return memory
    return None


def default_pore(image: Any) -> list[int] | None:
    """The pores of an array of bool are what is True; what those of other images are the program says."""
    dtype = getattr(image, "dtype", None)
    is_bool = dtype is not None and str(dtype).rsplit(".", maxsplit=1)[-1] == "bool"
    return [1] if is_bool else None
