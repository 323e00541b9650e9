# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""Lengths of a result for voxels of another size: what is in voxels stays, what is in metres follows from it."""

from __future__ import annotations

import copy
import math
import re
from typing import Any, Callable, Optional

from .quantity import MILLIDARCY_M2

_COUNTED = re.compile(r"(?P<before>.*?)_?(?P<per>per_)?voxel(?P<plural>s?)(?P<power>\d?)(?P<after>(_.*)?)$")


def rescaled(data: dict[str, Any], voxel_m: float) -> dict[str, Any]:
    """A copy of result.json with cubic voxels of `voxel_m` metres."""
    before = data["image"]["voxel_size_m"]
    made = copy.deepcopy(data)
    made["image"]["voxel_size_m"] = voxel_m
    for part in ("summary", "result"):
        _rescale(made[part], voxel_m)
    millidarcies = voxel_m**2 / MILLIDARCY_M2 if before is None else (voxel_m / before) ** 2
    for name, quote in made["summary"].get("permeability", {}).items():
        quote["unit"] = "mD"
        quote["value"] = _each(quote["value"], lambda value: value * millidarcies) if name == "tensor" else quote["value_md"]
    drainage = made["result"].get("drainage")
    if drainage:
        _set_pressures(drainage, _pressure_of_one_metre(drainage["fluids"]) / voxel_m)
    made["warnings"] = [words for words in made["warnings"] if not words.startswith("the voxel size is not known")]
    return made


def _rescale(node: Any, voxel_m: float) -> None:
    if isinstance(node, list):
        for element in node:
            _rescale(element, voxel_m)
    if not isinstance(node, dict):
        return
    for key in list(node):
        _rescale(node[key], voxel_m)
        match = _COUNTED.match(key)
        if match is not None:
            _set_metres(node, key, match, voxel_m)


def _set_metres(node: dict[str, Any], key: str, match: re.Match[str], voxel_m: float) -> None:
    power = int(match["power"] or 1) * (-1 if match["per"] else 1)
    stem = "_".join(part for part in (match["before"], (match["per"] or "").rstrip("_")) if part)
    metres = f"{stem}_m{match['power']}{match['after']}"
    if metres not in node:
        return
    node[metres] = _each(node[key], lambda value: value * voxel_m**power)
    millidarcies = f"{stem}_md{match['after']}"
    if millidarcies in node:
        node[millidarcies] = _each(node[metres], lambda value: value / MILLIDARCY_M2)


def _pressure_of_one_metre(fluids: dict[str, Any]) -> float:
    """Young and Laplace's capillary pressure [Pa] of an interface whose radius is 1 m."""
    return float(2 * fluids["tension_n_per_m"] * abs(math.cos(math.radians(fluids["contact_angle_degrees"]))))


def _set_pressures(node: dict[str, Any], of_one_voxel_pa: float) -> None:
    for key, value in node.items():
        if isinstance(value, dict):
            _set_pressures(value, of_one_voxel_pa)
        elif key.endswith("pressure_pa"):
            radii = node[key.replace("pressure_pa", "radius_voxels")]
            node[key] = _each(radii, lambda radius: of_one_voxel_pa / radius if radius > 0 else None)


def _each(value: Any, change: Callable[[float], Optional[float]]) -> Any:
    if isinstance(value, list):
        return [_each(element, change) for element in value]
    return None if value is None else change(value)
