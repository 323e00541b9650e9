#!/usr/bin/env python3
# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""Says what is wrong with manifests for Kubernetes, without a cluster. Ends with 0 if nothing is, 2 if something is, 77 if it cannot tell.

    tests/cluster/check_manifests.py k8s                             each folder below for itself, as kubectl apply -f would read it
    scripts/user/submit.sh ... --dry-run | tests/cluster/check_manifests.py --on k8s/mpijob -
"""
import argparse
import pathlib
import sys

sys.dont_write_bytecode = True
import manifest_venv

manifest_venv.enter()
import manifest_folders
import manifest_pods
import manifest_schemas
from manifest_files import Batch, Fault, folders_of, read_file, read_folder


def batches(sources):
    """A folder is one that is applied, or has such folders below. All files, and the standard input, are one more batch."""
    files = Batch([], [])
    for source in sources:
        path = pathlib.Path(source)
        parts = [read_folder(folder) for folder in folders_of(path)] if path.is_dir() else [read_file(source)]
        if path.is_dir():
            yield from parts
        else:
            files.documents.extend(parts[0].documents)
            files.faults.extend(parts[0].faults)
        if not any(part.documents or part.faults for part in parts):
            files.faults.append(Fault(str(source), "", "has no manifests"))
    yield files


def installed_for(folder):
    """What the installation has applied before such a folder is: its namespace, which lies beside it."""
    namespace = folder and folder.parent / "namespace"
    return read_folder(namespace).documents if namespace and namespace != folder and namespace.is_dir() else []


def misshapen(documents):
    return [fault for document in documents for fault in manifest_schemas.faults(document)]


def check(sources, on=None):
    """The faults of the manifests in files and folders, for a cluster that has already what lies in the folder `on`."""
    has = pathlib.Path(on) if on else None
    faults = []
    for batch in batches(sources):
        there = [*installed_for(has or batch.folder), *(read_folder(has).documents if has else [])]
        found = [*batch.faults, *misshapen(batch.documents)]
        if not found and not misshapen(there):  # else what has the wrong shape would be misread
            pods = [pod for document in batch.documents for pod in manifest_pods.pods_of(document)]
            found.extend(fault for pod in pods for fault in manifest_pods.faults(pod))
            found.extend(manifest_folders.faults(batch, there))
        faults.extend(found)
    return list(dict.fromkeys(faults))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--on", metavar="FOLDER", help="what the cluster has already")
    parser.add_argument("sources", metavar="FILE-or-FOLDER", nargs="+", help="- is the standard input")
    arguments = parser.parse_args()
    for source in filter(None, [arguments.on, *arguments.sources]):
        if source != "-" and not pathlib.Path(source).exists():
            parser.error(f"there is no {source}; expected a file or a folder of manifests, or -")
    faults = check(arguments.sources, arguments.on)
    for fault in faults:
        print(fault)
    print(f"faults: {len(faults)}", file=sys.stderr)
    return 2 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
