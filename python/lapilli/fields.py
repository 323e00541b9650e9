# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""fields.h5 as an xarray.Dataset, of which only what is looked at is read. Needs h5py and xarray."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import h5py
import numpy as np
import xarray
from xarray.backends import BackendArray
from xarray.core import indexing

_DIMENSIONS = ("z", "y", "x", "component")


_OF_BOOL = "pore"  # which is stored as 0 and 1, and as an image of these would be labels


class _Stored(BackendArray):
    """A dataset of HDF5 as xarray asks for parts of it."""

    def __init__(self, dataset: Any, dtype: np.dtype[Any]) -> None:
        self.dataset, self.shape, self.dtype = dataset, dataset.shape, dtype

    def __getitem__(self, key: indexing.ExplicitIndexer) -> Any:
        return indexing.explicit_indexing_adapter(
            key, self.shape, indexing.IndexingSupport.BASIC, lambda part: self.dataset[part].astype(self.dtype, copy=False)
        )


def open_fields(file: Path, voxel_size: Any) -> xarray.Dataset:
    """Fields of shape (z, y, x), or (z, y, x, component), with the middles of voxels as coordinates.

    Parameters
    ----------
    voxel_size : float, three floats (z, y, x) or None
        [m]; None: coordinates are in voxels.
    """
    stored = h5py.File(file, "r")
    edges, unit = (np.ones(3), "voxel") if voxel_size is None else (np.broadcast_to(voxel_size, 3), "m")
    variables = {name: _variable(name, dataset) for name, dataset in stored.items() if dataset.ndim in (3, 4)}
    shape = next(iter(variables.values())).shape
    coordinates = {
        axis: (axis, (np.arange(length) + 0.5) * edge, {"units": unit}) for axis, length, edge in zip("zyx", shape, edges)
    }
    attributes = {key: _plain(value) for key, value in stored.attrs.items()}
    return xarray.Dataset(variables, coordinates, attributes)


def _variable(name: str, dataset: Any) -> xarray.Variable:
    stored = _Stored(dataset, np.dtype(bool) if name == _OF_BOOL else dataset.dtype)
    attributes = {"units" if key == "unit" else key: _plain(value) for key, value in dataset.attrs.items()}
    return xarray.Variable(_DIMENSIONS[: dataset.ndim], indexing.LazilyIndexedArray(stored), attributes)


def _plain(value: Any) -> Any:
    return value.decode() if isinstance(value, bytes) else value
