# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""What each peer does with an array: `calls.py PEER IMAGE.npy ACCURACY CORES`, a process each, in the Python that has the peer.

Prints "ready" when all is loaded and compiled and one small image has been done, then a line of JSON. Pores are True, the axis is 0.
"""
import contextlib
import importlib.metadata
import json
import os
import resource
import sys
import time

import numpy as np


def lapilli(accuracy, cores):
    """The call with all that it does: the array to a file, the program and its ranks, the result."""
    import lapilli as module

    def call(im):
        data = module.diffusivity(im, axis=0, blocks=0, accuracy=accuracy, ranks=cores).data
        return {"relative": data["result"]["diffusivity"]["z"]["relative"], "version": data["program"]["version"],
                "more_bytes": data["memory"]["total_bytes"]}

    return call


def porespy(accuracy, cores):
    """Algebraic multigrid of pyamg, until the fluxes of the first and of the last plane agree."""
    import logging

    import porespy as module

    module.settings.tqdm["disable"] = True
    logging.disable()

    def call(im):
        found = module.simulations.tortuosity_fd(im, axis=0, ftol=accuracy)
        return {"relative": 1 / found.formation_factor, "converged": found.converged}

    return call


def taufactor(accuracy, cores):
    """Over-relaxation by torch, until the fluxes of all planes agree."""
    import taufactor as module
    import torch

    torch.set_num_threads(cores)

    def call(im):
        solver = module.Solver(im.astype(np.uint8), device="cpu")
        solver.solve(iter_limit=10**6, verbose=False, conv_crit=accuracy)
        return {"relative": float(solver.D_rel[0]), "converged": solver.converged, "version_of_torch": torch.__version__}

    return call


def pumapy(accuracy, cores):
    """Conjugate gradients on finite volumes. What does not conduct needs a conductivity above 0, and the residual is what is told."""
    import pumapy as module

    def call(im):
        workspace = module.Workspace.from_array(im.astype(np.uint16))
        conductivity = module.IsotropicConductivityMap()
        conductivity.add_material((0, 0), 1e-6)
        conductivity.add_material((1, 1), 1.0)
        found = module.compute_thermal_conductivity(workspace, conductivity, "x", "s", tolerance=accuracy, maxiter=10**6,
                                                    solver_type="cg", display_iter=False)
        return {"relative": found[0][0]}

    return call


PEERS = {"lapilli": lapilli, "porespy": porespy, "taufactor": taufactor, "pumapy": pumapy}


def main():
    name, file, accuracy, cores = sys.argv[1], sys.argv[2], float(sys.argv[3]), int(sys.argv[4])
    os.environ["OMP_NUM_THREADS"] = os.environ["NUMBA_NUM_THREADS"] = str(cores)
    im = np.load(file) == 0
    with contextlib.redirect_stdout(sys.stderr):
        call = PEERS[name](accuracy, cores)
        call(np.ones((16, 16, 16), bool))
    print("ready", flush=True)
    taken = []
    with contextlib.redirect_stdout(sys.stderr):
        while not taken or (len(taken) < 3 and sum(taken) < 10):
            begin = time.monotonic()
            found = call(im)
            taken.append(time.monotonic() - begin)
    found["seconds"] = min(taken)
    found["bytes"] = 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss + found.pop("more_bytes", 0)
    if "version" not in found:
        found["version"] = importlib.metadata.version(name)
    print(json.dumps(found))


main()
