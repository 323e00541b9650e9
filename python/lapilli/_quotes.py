# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""The values to quote of result.json as quantities."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, Optional

import numpy as np

from .quantity import Diffusivity, Permeability, Tensor

_AXES = "xyz"
_PLAIN = {  # by quantity and unit: the value as solved along an axis, and the tensor as solved
    ("diffusivity", "1"): ("relative", "tensor"),
    ("permeability", "mD"): ("permeability_md", "tensor_md"),
    ("permeability", "voxel²"): ("permeability_voxel2", "tensor_voxel2"),
}


def diffusivities(data: dict[str, Any]) -> dict[str, Diffusivity]:
    """D/D₀ by axis."""
    made = {}
    for axis, quote, common in _quotes(data, "diffusivity", "D/D0"):
        missing = math.nan if common["percolates"] else math.inf
        made[axis] = Diffusivity(
            **common,
            formation_factor=_number(quote["formation_factor"], missing),
            tortuosity=_number(quote["tortuosity"], missing),
        )
    return made


def permeabilities(data: dict[str, Any]) -> dict[str, Permeability]:
    """k by axis."""
    return {axis: Permeability(**common) for axis, _, common in _quotes(data, "permeability", "k")}


def tensor(data: dict[str, Any], name: str, symbol: str) -> Optional[Tensor]:
    """Of an image that repeats itself."""
    found = data["summary"].get(name, {}).get("tensor")
    return None if found is None else Tensor(np.array(found["value"], dtype=float), found["unit"], symbol)


def _quotes(data: dict[str, Any], name: str, symbol: str) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Of each axis that was solved: its name, its part of the summary, and the parameters that both quantities have."""
    found, summary = data["result"].get(name), data["summary"].get(name, {})
    for axis in filter(summary.__contains__, _AXES):
        quote, at = summary[axis], _AXES.index(axis)
        of_axis, of_tensor = _PLAIN[name, quote["unit"]]
        solve = found["solves"][axis] if "tensor" in summary else found[axis]
        common = {
            "value": _number(quote["value"], math.nan),
            "unit": quote["unit"],
            "name": f"{symbol} {axis}",
            "plain": found[of_tensor][at][at] if "tensor" in summary else solve[of_axis],
            "note": quote["note"],
            "percolates": solve["percolates"],
            "converged": solve["converged"],
            **quote["parts"],
        }
        yield axis, quote, common


def _number(value: Optional[float], otherwise: float) -> float:
    return otherwise if value is None else value
