# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""Pods as they stand in manifests, and what each of them has to promise, whatever it is part of."""
import pathlib
import re
import typing

import pod_security
from manifest_files import Document

MOST_TOLERATED_S = 30  # on a node that does not answer; the default is 300


class Pod(typing.NamedTuple):
    document: Document
    path: tuple  # to the template
    metadata: dict
    spec: dict
    labels: dict  # also those that its controller gives it

    def fault(self, what):
        return self.document.fault(what, *self.path)


def pods_of(document):
    """Whatever has containers is a pod: templates of all kinds, also of those that Kubernetes does not know by itself."""
    for path, template in templates(document.content):
        metadata = template.get("metadata") or {}
        yield Pod(document, path, metadata, template["spec"], (metadata.get("labels") or {}) | labels_of_controller(document, path))


def templates(content, path=()):
    if isinstance(content, list):
        for place, value in enumerate(content):
            yield from templates(value, (*path, place))
    elif isinstance(content, dict):
        if isinstance(content.get("spec"), dict) and "containers" in content["spec"]:
            yield path, content
        else:
            for key, value in content.items():
                yield from templates(value, (*path, key))


def labels_of_controller(document, path):
    if document.kind == "MPIJob":
        role = path[-2].lower()  # spec.mpiReplicaSpecs.Worker.template
        return {f"training.kubeflow.org/{key}": value
                for key, value in {"operator-name": "mpi-operator", "job-name": document.name, "job-role": role}.items()}
    return {"batch.kubernetes.io/job-name": document.name, "job-name": document.name} if document.kind == "Job" else {}


def version():
    text = (pathlib.Path(__file__).resolve().parents[2] / "CMakeLists.txt").read_text()
    return re.search(r"^project\(lapilli VERSION (\S+)", text, re.MULTILINE)[1]


def amount(quantity):
    """Kubernetes' way to write a number: 500m, 2, 1Gi."""
    number, unit = re.fullmatch(r"([-+.\d]+(?:[eE][-+]?\d+)?)(.*)", str(quantity)).groups()
    powers = {"n": 1e-9, "u": 1e-6, "m": 1e-3, "": 1, "k": 1e3} | {c: 1e3**n for n, c in enumerate("MGTPE", 2)}
    return float(number) * (1024 ** (1 + "KMGTPE".index(unit[0])) if unit.endswith("i") else powers[unit])


def privileges(spec):
    if spec.get("automountServiceAccountToken") is not False:
        yield "automountServiceAccountToken is not false: the pod would get a key to the cluster"
    if spec.get("enableServiceLinks") is not False:
        yield "enableServiceLinks is not false: its environment would depend on what else runs"
    for container in pod_security.containers(spec):
        if pod_security.context(container).get("readOnlyRootFilesystem") is not True:
            yield f"readOnlyRootFilesystem of container {container['name']} is not true"


def images(spec):
    expected = f"lapilli:{version()}"
    for container in pod_security.containers(spec):
        image = (container.get("image") or "").partition("@")[0].rpartition("/")[2]
        if image != expected:
            yield f"the image of container {container['name']} is {container.get('image')}; expected {expected}, from any registry"
        if container.get("imagePullPolicy") != "IfNotPresent":
            yield f"imagePullPolicy of container {container['name']} is not IfNotPresent, so nodes without a registry could not start it"


def resources(spec):
    for container in pod_security.containers(spec):
        given = container.get("resources") or {}
        requests, limits = given.get("requests") or {}, given.get("limits") or {}
        for resource in sorted({"cpu", "memory"} - set(requests)):
            yield f"container {container['name']} requests no {resource}"
        if "memory" not in limits:
            yield f"container {container['name']} has no limit of memory"
        for resource in sorted(set(requests) & set(limits)):
            if amount(requests[resource]) > amount(limits[resource]):
                yield f"container {container['name']} requests more {resource} than its limit"


def tolerations(spec):
    for state in "unreachable", "not-ready":
        times = [t.get("tolerationSeconds") for t in spec.get("tolerations") or []
                 if t.get("key") == f"node.kubernetes.io/{state}" and t.get("effect") == "NoExecute" and t.get("operator") == "Exists"]
        if not times or None in times or max(times) > MOST_TOLERATED_S:
            yield f"a node that is {state} is not left within {MOST_TOLERATED_S} s; expected a toleration with tolerationSeconds"


def mounts(spec):
    volumes = {volume["name"] for volume in spec.get("volumes") or []}
    for container in pod_security.containers(spec):
        for mount in container.get("volumeMounts") or []:
            if mount["name"] not in volumes:
                yield f"container {container['name']} mounts {mount['name']}, but the pod has no such volume"


def faults(pod):
    sentences = list(pod_security.violations(pod.metadata, pod.spec))
    for rule in privileges, images, resources, tolerations, mounts:
        sentences.extend(rule(pod.spec))
    return [pod.fault(sentence) for sentence in sentences]
