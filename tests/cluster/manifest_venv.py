# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""The Python that has the schemas of Kubernetes and a reader of Terraform's language: `scripts/install_packages --manifests` makes it."""
import os
import pathlib
import sys

VENV = pathlib.Path(__file__).resolve().parents[2] / "build" / "venv"
SCHEMAS = next(VENV.glob("lib/python3*/site-packages/kubernetes_validate/kubernetes-json-schema"), None)


def enter():
    """Starts this program again in it; without it, ends with 77, by which a test says that it was skipped."""
    if not SCHEMAS:
        print(f"skipped: there are no schemas of Kubernetes in {VENV}; run scripts/install_packages --manifests", file=sys.stderr)
        sys.exit(77)
    if not os.path.samefile(sys.prefix, VENV):
        python = str(VENV / "bin" / "python")
        os.execv(python, [python, *sys.orig_argv[1:]])
