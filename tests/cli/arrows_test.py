# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""Every #include of src and kernels goes along an arrow that is written down here, and no arrow leads back."""
import graphlib
import os
import pathlib
import re
import sys

# Which rooms a room may include, besides itself; kernels/ first, then src/, each storey on those before it.
allowed = {
    "core": "",
    "sum": "core",
    "tensor": "",
    "stokes": "brick core",
    "brick": "core",
    "morphology": "brick core tensor",
    "diffusion": "brick core",
    "multigrid": "brick core diffusion morphology",
    "network": "core morphology",
    "synthetic": "core",
    "resample": "core",
    "segmentation": "",

    "text": "core",
    "machine": "",
    "file": "core text",
    "format": "core file text",
    "picture": "core",

    "parallel": "core sum",
    "image": "brick core format morphology parallel resample synthetic text",
    "geometry": "brick core image morphology network parallel",
    "scan": "brick core format geometry image parallel segmentation text",
    "solve": "brick core diffusion image morphology multigrid parallel stokes sum tensor",
    "property": "brick core geometry image morphology network parallel solve stokes tensor",
    "field": "core file format parallel",
    "study": "core field format image machine multigrid parallel picture property scan solve stokes text",

    "checkpoint": "core field file format parallel solve text",
    "report": "core format parallel picture property scan study tensor text web",
    "terminal": "core solve text",
    "launch": "core file parallel terminal",
    "results": "checkpoint core file format launch parallel property report solve study terminal text",
    "collection": "checkpoint core file property report results text",
    "top": "collection core terminal text",
    "web": "core",
    "serve": "collection core field file picture report results text web",
    "cli": "collection core file format image launch machine parallel report results scan serve study synthetic terminal text top",
}

# Libraries that only these rooms, or folders in them, may know.
libraries = {
    "mpi.h": "parallel",
    "hdf5.h": "format/hdf5",
    "tiffio.h": "format/tiff",
    "zlib.h": "format",
    "bzlib.h": "format/packed",
    "zstd.h": "format",
    "pugixml.hpp": "format/headed",
    "blosc.h": "format/zarr",
    "png.h": "format/slices picture",
    "openjpeg.h": "format/jpeg_2000",
    "libdeflate.h": "field",
    "CLI/": "cli",
    "boost/": "serve",
    "toml++/": "cli",
}


def includes():
    """(folder, file, included, in quotes) of every #include."""
    root = pathlib.Path(os.environ["LAPILLI_SOURCE_DIR"])
    for top in ("kernels", "src"):
        for file in sorted(root.glob(f"{top}/*/**/*.[ch]pp")):
            folder = str(file.parent.relative_to(root / top))
            for quote, name in re.findall(r'^\s*#\s*include\s*(["<])([^">]+)[">]', file.read_text(), re.M):
                yield folder, str(file.relative_to(root)), name, quote == '"'


def main():
    faults, used = [], set()
    count = 0
    for folder, file, name, own in includes():
        count += 1
        room = folder.split("/")[0]
        if own and "/" in name:
            other = name.split("/")[0]
            used.add((room, other))
            if room not in allowed:
                faults.append(f"{file}: the room {room} is not in the list of arrows")
            elif other != room and other not in allowed[room].split():
                faults.append(f"{file} includes {name}: {room} -> {other} is not in the list of arrows")
        for library, place in libraries.items():
            places = place.split()
            if name.startswith(library) and not any((folder + "/").startswith(one + "/") for one in places):
                faults.append(f"{file} includes {name}: only {' and '.join(places)} may")
    for room, others in allowed.items():
        faults += [f"no file needs {room} -> {other} any more" for other in others.split() if (room, other) not in used]
    assert count > 1000, f"only {count} includes were found"
    try:
        graphlib.TopologicalSorter({room: others.split() for room, others in allowed.items()}).prepare()
    except graphlib.CycleError as circle:
        faults.append(f"arrows lead back: {' -> '.join(circle.args[1])}")
    print("\n".join(sorted(set(faults))) or f"{count} includes along {len(used)} arrows")
    return 1 if faults else 0


sys.exit(main())
