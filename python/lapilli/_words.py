# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""Options as Python has them, as words of a command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Optional, Union

import numpy as np

from ._errors import Error

AxisLike = Union[str, int, Sequence[Union[str, int]], None]

AXES = "zyx"  # in the order of arrays


def flags(options: Mapping[str, Any], names: str = AXES, lengths: Optional[tuple[int, ...]] = None) -> list[str]:
    """Options of a function as words of a command line; a crop is of axes of such names and lengths.

    >>> flags({"boundary": "periodic", "max_iterations": 50, "fields": True, "blocks": None, "as_": np.uint16})
    ['--boundary=periodic', '--max-iterations=50', '--fields=true', '--as=u16']
    >>> flags({"relabel": {0: 1, 255: 0}, "pore": np.array([0, 2]), "crop": (slice(0, 100), ..., slice(50, 150))})
    ['--relabel=0=1,255=0', '--pore=0,2', '--crop=0:100,:,50:150']
    >>> flags({"conductivity": {0: 1.0, 85: 0.05}})
    ['--conductivity=0=1.0', '--conductivity=85=0.05']
    """
    words = []
    for name, value in options.items():
        flag = "--" + name.rstrip("_").replace("_", "-")  # as_ for --as, a word of Python
        if name == "crop" and not isinstance(value, (str, type(None))):
            words.append(f"{flag}={_region(value, names, lengths)}")
        elif name == "conductivity" and isinstance(value, Mapping) and value:  # which is given once for each label
            words += [f"{flag}={label}={each}" for label, each in value.items()]
        elif value is not None:
            word = _value(value)
            if not word:
                raise Error(f"{name}={value!r} says nothing; give it a value, or leave it out", 2)
            words.append(f"{flag}={word}")
    return words


def axes(axis: AxisLike, names: str = AXES) -> str | None:
    """Names of axes, from names or from the numbers that numpy gives them, of an array whose axes have these names.

    >>> axes(0), axes(["x", 1]), axes("all"), axes(-1), axes(0, "yx")
    ('z', 'x,y', 'all', 'x', 'y')
    """
    if axis is None or isinstance(axis, str):
        return axis
    return ",".join(each if isinstance(each, str) else _axis(each, names) for each in np.array(axis, dtype=object).ravel())


def voxel_type(dtype: Any) -> str:
    """As the program calls a type of numpy.

    >>> voxel_type(np.float32), voxel_type(np.dtype(">i2")), voxel_type(bool)
    ('f32', 'i16', 'u8')
    """
    known = np.dtype(dtype)
    return "u8" if known.kind == "b" else f"{known.kind}{8 * known.itemsize}"


def _axis(number: Any, names: str) -> str:
    if isinstance(number, (bool, np.bool_)) or number not in range(-len(names), len(names)):
        numbers = ", ".join(map(str, range(len(names))))
        raise Error(f"there is no axis {number}; expected {numbers} of ({', '.join(names)}), or their names", 2)
    return names[int(number)]


def _value(value: Any) -> str:
    if isinstance(value, (bool, np.bool_)):
        return str(bool(value)).lower()  # which the program refuses where a number is meant
    if isinstance(value, (np.dtype, type)):
        return voxel_type(value)
    if isinstance(value, Mapping):
        return ",".join(f"{key}={each}" for key, each in value.items())
    listed = value.tolist() if isinstance(value, (np.ndarray, np.generic)) else value
    return ",".join(map(str, listed)) if isinstance(listed, (list, tuple, set, range)) else str(listed)


def _region(crop: Any, names: str, lengths: Optional[tuple[int, ...]]) -> str:
    """z0:z1,y0:y1,x0:x1 of one slice or several, as they index an array whose axes have these names."""
    slices = list(crop) if isinstance(crop, (tuple, list)) else [crop]
    if Ellipsis in slices:
        at = slices.index(Ellipsis)
        slices[at : at + 1] = [slice(None)] * (len(names) + 1 - len(slices))
    slices += [slice(None)] * (len(names) - len(slices))
    if len(slices) != len(names) or not all(isinstance(part, slice) and part.step in (None, 1) for part in slices):
        raise Error(
            f"crop={crop!r} is not possible; expected at most {len(names)} slices without steps, of ({', '.join(names)})", 2
        )
    ranges = {name: _range(part, length) for name, part, length in zip(names, slices, lengths or [None] * len(names))}
    return ",".join(ranges.get(name, ":") for name in AXES)


def _range(part: slice, length: Optional[int]) -> str:
    if part.start is None and part.stop is None:
        return ":"
    if length is not None:
        first, last, _ = part.indices(length)
        return f"{first}:{last}"
    if part.stop is None or part.stop < 0 or (part.start or 0) < 0:
        raise Error(f"where {part!r} of crop ends is not known before the file is read; give both ends, counted from 0", 2)
    return f"{part.start or 0}:{part.stop}"
