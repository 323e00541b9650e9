# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""Whether the manifests that are applied at once fit together, and fit what the cluster has already.

A rule takes the batch that is applied and all documents that are there then, and yields faults.
"""
from manifest_files import Document, read_folder
from manifest_pods import amount, pods_of

OF_THE_CLUSTER = {"ClusterRole", "ClusterRoleBinding", "CustomResourceDefinition", "Namespace", "PersistentVolume", "PriorityClass",
                  "StorageClass"}
REFERENCES = {"configMap": "ConfigMap", "configMapRef": "ConfigMap", "configMapKeyRef": "ConfigMap", "secret": "Secret",
              "secretRef": "Secret", "secretKeyRef": "Secret", "persistentVolumeClaim": "PersistentVolumeClaim"}


def find(documents, kind, namespace, name):
    return next((d for d in documents if (d.kind, d.namespace, d.name) == (kind, namespace, name)), None)


def selects(selector, labels):
    """Whether a label selector of Kubernetes selects what has these labels."""
    if any(labels.get(key) != value for key, value in (selector.get("matchLabels") or {}).items()):
        return False
    holds = {"Exists": lambda key, _: key in labels, "DoesNotExist": lambda key, _: key not in labels,
             "In": lambda key, values: labels.get(key) in values, "NotIn": lambda key, values: labels.get(key) not in values}
    return all(holds[e["operator"]](e["key"], e.get("values")) for e in selector.get("matchExpressions") or [])


def namespaces(batch, known):
    """Each object names its namespace, which is made before and lets only harmless pods in."""
    made = {"kube-system"} | {d.name for d in known if d.kind == "Namespace" and d not in batch.documents}
    for document in batch.documents:
        if document.kind == "Namespace":
            made.add(document.name)
            if (document.metadata.get("labels") or {}).get("pod-security.kubernetes.io/enforce") != "restricted":
                yield document.fault("does not enforce the Pod Security Standard restricted")
        elif document.kind in OF_THE_CLUSTER:
            continue
        elif not document.namespace:
            yield document.fault("has no namespace; expected metadata.namespace, lest it depend on who applies it")
        elif document.namespace not in made:
            yield document.fault(f"is in the namespace {document.namespace}, which nothing made before it")


def names(batch, _):
    seen = set()
    for document in batch.documents:
        identity = document.kind, document.namespace, document.name
        if identity in seen:
            yield document.fault("is there twice")
        seen.add(identity)


def references(batch, known):
    """What pods mount and read is there, may be missing, or is made by the operator."""
    made = {(kind, d.namespace, f"{d.name}-{suffix}") for d in known if d.kind == "MPIJob"
            for kind, suffix in (("ConfigMap", "config"), ("Secret", "ssh"))}
    for document in batch.documents:
        for pod in pods_of(document):
            for kind, name in sorted(set(mentioned(pod.spec))):
                if not find(known, kind, document.namespace, name) and (kind, document.namespace, name) not in made:
                    yield pod.fault(f"needs the {kind} {name}, which is not there")


def mentioned(content):
    """Kinds and names of the objects that part of a pod cannot do without."""
    for value in content if isinstance(content, list) else content.values() if isinstance(content, dict) else ():
        yield from mentioned(value)
    if isinstance(content, dict):
        for field, kind in REFERENCES.items():
            if isinstance(content.get(field), dict) and not content[field].get("optional"):
                reference = content[field]
                yield kind, reference.get("name") or reference.get("secretName") or reference.get("claimName")


def selectors(batch, known):
    """Whoever selects pods selects some, and controllers their own."""
    pods = [pod for document in known for pod in pods_of(document)]
    for document in batch.documents:
        namesakes = [pod for pod in pods if pod.document.namespace == document.namespace]
        selector = {"NetworkPolicy": document.spec.get("podSelector"), "PodDisruptionBudget": document.spec.get("selector"),
                    "Service": {"matchLabels": document.spec.get("selector")}}.get(document.kind)
        if selector and not any(selects(selector, pod.labels) for pod in namesakes):
            yield document.fault("selects no pod")
        for pod in pods_of(document):
            own = document.spec.get("selector")
            if own and not selects(own, pod.labels):
                yield document.fault("does not select the pods that it makes", "spec", "selector")
            for constraint in pod.spec.get("topologySpreadConstraints") or []:
                if not constraint.get("labelSelector") or not selects(constraint["labelSelector"], pod.labels):
                    yield pod.fault("spreads other pods than itself, by topologySpreadConstraints")


def network(batch, known):
    """All that goes to and comes from a pod is forbidden, except to and from peers that a policy names."""
    policies = [d for d in known if d.kind == "NetworkPolicy"]
    for pod in (pod for document in batch.documents for pod in pods_of(document)):
        closed = {direction for p in policies if p.namespace == pod.document.namespace and selects(p.spec["podSelector"], pod.labels)
                  for direction in p.spec.get("policyTypes", [])}
        for direction in sorted({"Ingress", "Egress"} - closed):
            yield pod.fault(f"is selected by no NetworkPolicy for {direction}")
    for policy in (p for p in policies if p in batch.documents):
        labels = [pod.labels for document in known if document.namespace == policy.namespace for pod in pods_of(document)]
        for direction, field in ("ingress", "from"), ("egress", "to"):
            for peer in (peer for rule in policy.spec.get(direction, []) for peer in rule.get(field) or [{}]):
                if not peer:
                    yield policy.fault("is open to all", "spec", direction)
                elif list(peer) == ["podSelector"] and not any(selects(peer["podSelector"], one) for one in labels):
                    yield policy.fault("is open to pods that are not there", "spec", direction)


def stateful_sets(batch, known):
    """Their pods have names, which the hostfile lists."""
    for document in (d for d in batch.documents if d.kind == "StatefulSet"):
        name, service = document.name, document.spec.get("serviceName")
        found = find(known, "Service", document.namespace, service)
        if not found or found.spec.get("clusterIP") != "None":
            yield document.fault(f"needs the Service {service} with clusterIP None, which is not there", "spec", "serviceName")
        expected = [f"{name}-{n}.{service}.{document.namespace}.svc" for n in range(document.spec.get("replicas", 1))]
        for pod in pods_of(document):
            maps = [find(known, kind, document.namespace, n) for kind, n in set(mentioned(pod.spec)) if kind == "ConfigMap"]
            for config in filter(None, maps):
                hosts = [line.split()[0] for line in config.content.get("data", {}).get("hostfile", "").splitlines() if line.strip()]
                if hosts and hosts != expected:
                    yield config.fault(f"names the hosts {', '.join(hosts)}; expected {', '.join(expected)}", "data", "hostfile")


def storage(batch, _):
    """Each variant of storage has the class of each claim, and makes volumes of it or has one that is large enough, for all nodes."""
    folder = batch.folder and batch.folder.parent / "storage"
    variants = [path for path in sorted(folder.iterdir()) if path.is_dir()] if folder and folder.is_dir() else []
    for claim in (d for d in batch.documents if d.kind == "PersistentVolumeClaim"):
        for variant in variants:
            offered = read_folder(variant).documents
            if not any(fits(document, claim, offered) for document in offered):
                yield claim.fault(f"finds no class {claim.spec.get('storageClassName')} with a volume that fits in {variant}")


def fits(document: Document, claim: Document, offered):
    name = claim.spec.get("storageClassName")
    if document.kind == "StorageClass" and document.name == name:
        return document.content["provisioner"] != "kubernetes.io/no-provisioner"
    if document.kind != "PersistentVolume" or document.spec.get("storageClassName") != name:
        return False
    modes, size = claim.spec.get("accessModes"), claim.spec.get("resources", {}).get("requests", {}).get("storage")
    return (find(offered, "StorageClass", None, name) and modes and set(modes) <= set(document.spec.get("accessModes", []))
            and size and amount(size) <= amount(document.spec.get("capacity", {}).get("storage", 0)))


def services(batch, known):
    """An Ingress leads to a port of a Service that is there, by a name that its pods answer to, through parts of Traefik that are there."""
    for document in (d for d in batch.documents if d.kind == "Ingress"):
        chain = (document.metadata.get("annotations") or {}).get("traefik.ingress.kubernetes.io/router.middlewares", "")
        for name in filter(None, chain.split(",")):
            namespace, _, own = name.removesuffix("@kubernetescrd").partition("-")
            if not find(known, "Middleware", namespace, own):
                yield document.fault(f"needs the Middleware {name}, which is not there")
        for rule in document.spec.get("rules", []):
            for path in rule.get("http", {}).get("paths", []):
                wanted = path["backend"].get("service", {})
                service = find(known, "Service", document.namespace, wanted.get("name"))
                if not service or wanted["port"].get("name") not in [port.get("name") for port in service.spec["ports"]]:
                    yield document.fault(f"leads to the Service {wanted.get('name')}, which is not there or has no such port")
                    continue
                pods = [pod for d in known for pod in pods_of(d) if selects({"matchLabels": service.spec["selector"]}, pod.labels)]
                if not all(rule.get("host") in (c.get("args") or []) for pod in pods for c in pod.spec["containers"]):
                    yield document.fault(f"is reached as {rule.get('host')}, a name that the pods do not answer to; expected it in their args")


def scales(batch, known):
    """What is scaled is there, and begins with as many as it will have at least: each kubectl apply sets that number."""
    for document in (d for d in batch.documents if d.kind == "HorizontalPodAutoscaler"):
        target = document.spec["scaleTargetRef"]
        found = find(known, target["kind"], document.namespace, target["name"])
        if not found:
            yield document.fault(f"scales the {target['kind']} {target['name']}, which is not there")
        elif found.spec.get("replicas", 1) != document.spec.get("minReplicas", 1):
            yield document.fault(f"minReplicas is not the replicas of the {target['kind']} {target['name']}")


RULES = namespaces, names, references, selectors, network, stateful_sets, services, scales, storage


def faults(batch, there):
    """`there` are the documents of what the cluster has already."""
    known = [*there, *batch.documents]
    return [fault for rule in RULES for fault in rule(batch, known)]
