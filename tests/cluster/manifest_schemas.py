# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""The shape of manifests: the schemas of Kubernetes, in which unknown fields are errors, and ours of an MPIJob and a Middleware."""
import functools
import json
import pathlib
import re

import jsonschema

from manifest_venv import SCHEMAS

VERSIONS = "1.30", "1.35"  # the oldest that the manifests are for, and the newest that they were run on
QUANTITY = r"^\+?(\d+(\.\d*)?|\.\d+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$"
MODES = ["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"]

# The published schemas do not tell which words a field takes. These are those of the fields that we use.
WORDS = {
    "api.apps.v1.StatefulSetSpec": {"podManagementPolicy": ["OrderedReady", "Parallel"]},
    "api.batch.v1.JobSpec": {"completionMode": ["NonIndexed", "Indexed"]},
    "api.batch.v1.PodFailurePolicyRule": {"action": ["Count", "FailIndex", "FailJob", "Ignore"]},
    "api.batch.v1.PodFailurePolicyOnExitCodesRequirement": {"operator": ["In", "NotIn"]},
    "api.core.v1.Container": {"imagePullPolicy": ["Always", "IfNotPresent", "Never"],
                              "terminationMessagePolicy": ["File", "FallbackToLogsOnError"]},
    "api.core.v1.EmptyDirVolumeSource": {"medium": ["", "Memory"]},
    "api.core.v1.HostPathVolumeSource": {"type": ["", "Directory", "DirectoryOrCreate", "File", "FileOrCreate"]},
    "api.core.v1.PersistentVolumeClaimSpec": {"accessModes": MODES},
    "api.core.v1.PersistentVolumeSpec": {"accessModes": MODES, "persistentVolumeReclaimPolicy": ["Retain", "Delete"]},
    "api.core.v1.PodSpec": {"restartPolicy": ["Always", "OnFailure", "Never"]},
    "api.core.v1.SeccompProfile": {"type": ["RuntimeDefault", "Localhost", "Unconfined"]},
    "api.core.v1.Toleration": {"operator": ["Exists", "Equal"], "effect": ["NoSchedule", "PreferNoSchedule", "NoExecute"]},
    "api.core.v1.TopologySpreadConstraint": {"whenUnsatisfiable": ["DoNotSchedule", "ScheduleAnyway"]},
    "api.networking.v1.HTTPIngressPath": {"pathType": ["Exact", "ImplementationSpecific", "Prefix"]},
    "api.networking.v1.NetworkPolicyPort": {"protocol": ["TCP", "UDP", "SCTP"]},
    "api.networking.v1.NetworkPolicySpec": {"policyTypes": ["Ingress", "Egress"]},
    "api.storage.v1.StorageClass": {"reclaimPolicy": ["Retain", "Delete"], "volumeBindingMode": ["Immediate", "WaitForFirstConsumer"]},
    "apimachinery.pkg.apis.meta.v1.LabelSelectorRequirement": {"operator": ["In", "NotIn", "Exists", "DoesNotExist"]},
}


@functools.cache
def definitions(version):
    text = (SCHEMAS / f"v{version}.0-local-strict" / "_definitions.json").read_text().replace('"/api/_definitions.json#/', '"#/')
    text = re.sub(r',\s*"null"', "", text)  # what is empty is taken for not said: nobody means that
    text = re.sub(r'("format": "int(32|64)")', r'\1, "minimum": 0', text)
    found = json.loads(text)["$defs"]
    for name, file in ("org.kubeflow.MPIJob", "mpijob"), ("io.traefik.Middleware", "middleware"):
        found[name] = json.loads((pathlib.Path(__file__).parent / f"{file}.schema.json").read_text())
    tighten(found)
    return found


def tighten(found):
    """Adds what the published schemas leave to the server, which sees pods of an MPIJob only when they are made."""
    for schema in found.values():
        if "x-kubernetes-group-version-kind" in schema and "spec" in schema.get("properties", {}):
            schema.setdefault("required", []).append("spec")
    core = "io.k8s.api.core.v1."
    del found[core + "Namespace"]["required"]
    found[core + "PodTemplateSpec"]["required"] = ["spec"]
    found[core + "PodSpec"]["properties"]["containers"]["minItems"] = 1
    found[core + "Volume"].update(minProperties=2, maxProperties=2)  # its name and what it is
    found["io.k8s.apimachinery.pkg.api.resource.Quantity"] = {"type": ["string", "number"], "pattern": QUANTITY, "minimum": 0}
    for type_name, fields in WORDS.items():
        for field, words in fields.items():
            schema = found[f"io.k8s.{type_name}"]["properties"][field]
            (schema["items"] if "items" in schema else schema)["enum"] = words


@functools.cache
def validator(version, api_version, kind):
    """None if Kubernetes has no such kind."""
    found = definitions(version)
    group, _, short_version = api_version.rpartition("/")
    identity = {"group": group, "version": short_version, "kind": kind}
    name = next((n for n, schema in found.items() if schema.get("x-kubernetes-group-version-kind") == [identity]), None)
    return name and jsonschema.Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": found})


def faults(document):
    kind, api_version = str(document.kind), str(document.content.get("apiVersion"))
    found = {}  # what is wrong, and for which versions
    for version in VERSIONS:
        checks = validator(version, api_version, kind)
        wrong = [(f"there is no kind {kind} in {api_version}",)]
        if checks:
            wrong = [(error.message[:300], *error.absolute_path) for error in checks.iter_errors(document.content)]
        for one in wrong:
            found.setdefault(one, []).append(version)
    nameless = [] if isinstance(document.name, str) else [document.fault("has no name")]
    return nameless + [document.fault(f"{what} (Kubernetes {', '.join(versions)})", *path) for (what, *path), versions in found.items()]
