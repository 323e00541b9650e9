# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""The Pod Security Standard "restricted" of Kubernetes: what all its versions from 1.30 on allow, without the exceptions for Windows
and for user namespaces. https://kubernetes.io/docs/concepts/security/pod-security-standards

A rule is a function that takes the metadata and the spec of a pod and yields a sentence for each violation.
"""
VOLUMES = {"configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret"}
SELINUX_TYPES = {"", "container_t", "container_init_t", "container_kvm_t"}
SYSCTLS = {"kernel.shm_rmid_forced"} | {"net.ipv4." + name for name in (
    "ip_local_port_range", "ip_local_reserved_ports", "ip_unprivileged_port_start", "ping_group_range", "tcp_fin_timeout",
    "tcp_keepalive_intvl", "tcp_keepalive_probes", "tcp_keepalive_time", "tcp_syncookies")}
CONFINED = {"RuntimeDefault", "Localhost"}


def containers(spec):
    for kind in "initContainers", "containers", "ephemeralContainers":
        yield from spec.get(kind) or []


def context(owner):
    return owner.get("securityContext") or {}


def contexts(spec):
    """That of the pod, and those of its containers."""
    yield "the pod", context(spec)
    for container in containers(spec):
        yield f"container {container['name']}", context(container)


def host_namespaces(_, spec):
    for field in "hostNetwork", "hostPID", "hostIPC":
        if spec.get(field):
            yield f"{field} is true"


def host_process(_, spec):
    for who, security in contexts(spec):
        if (security.get("windowsOptions") or {}).get("hostProcess"):
            yield f"hostProcess of {who} is true"


def privileged(_, spec):
    for who, security in contexts(spec):
        if security.get("privileged"):
            yield f"{who} is privileged"


def privilege_escalation(_, spec):
    for container in containers(spec):
        if context(container).get("allowPrivilegeEscalation") is not False:
            yield f"allowPrivilegeEscalation of container {container['name']} is not false"


def capabilities(_, spec):
    for container in containers(spec):
        wanted = context(container).get("capabilities") or {}
        if "ALL" not in (wanted.get("drop") or []):
            yield f"container {container['name']} does not drop ALL capabilities"
        for name in sorted(set(wanted.get("add") or []) - {"NET_BIND_SERVICE"}):
            yield f"container {container['name']} adds the capability {name}"


def volumes(_, spec):
    for volume in spec.get("volumes") or []:
        for kind in sorted({kind for kind, value in volume.items() if value is not None} - VOLUMES - {"name"}):
            yield f"volume {volume['name']} is a {kind}"


def host_ports(_, spec):
    for container in containers(spec):
        for port in container.get("ports") or []:
            if port.get("hostPort"):
                yield f"container {container['name']} takes the port {port['hostPort']} of the host"


def hosts_of_probes(_, spec):
    for container in containers(spec):
        handlers = {kind: container.get(kind) for kind in ("livenessProbe", "readinessProbe", "startupProbe")}
        handlers.update(container.get("lifecycle") or {})
        for kind, handler in handlers.items():
            if any(((handler or {}).get(action) or {}).get("host") for action in ("httpGet", "tcpSocket")):
                yield f"{kind} of container {container['name']} names a host"


def non_root(_, spec):
    of_pod = context(spec).get("runAsNonRoot")
    if of_pod is False:
        yield "runAsNonRoot of the pod is false"
    for container in containers(spec):
        own = context(container).get("runAsNonRoot")
        if (of_pod if own is None else own) is not True:
            yield f"runAsNonRoot of container {container['name']} is not true"


def user(_, spec):
    for who, security in contexts(spec):
        if security.get("runAsUser") == 0:
            yield f"{who} runs as uid 0"


def seccomp(_, spec):
    of_pod = (context(spec).get("seccompProfile") or {}).get("type")
    if of_pod not in CONFINED | {None}:
        yield f"the seccomp profile of the pod is {of_pod}"
    for container in containers(spec):
        profile = (context(container).get("seccompProfile") or {}).get("type", of_pod)
        if profile not in CONFINED:
            yield f"the seccomp profile of container {container['name']} is {profile}"


def apparmor(metadata, spec):
    for who, security in contexts(spec):
        profile = (security.get("appArmorProfile") or {}).get("type", "RuntimeDefault")
        if profile not in CONFINED:
            yield f"the AppArmor profile of {who} is {profile}"
    for key, value in (metadata.get("annotations") or {}).items():
        if key.startswith("container.apparmor.security.beta.kubernetes.io/") and not (
                value in ("", "runtime/default") or value.startswith("localhost/")):
            yield f"the annotation {key} is {value}"


def selinux(_, spec):
    for who, security in contexts(spec):
        options = security.get("seLinuxOptions") or {}
        if (options.get("type") or "") not in SELINUX_TYPES:
            yield f"the SELinux type of {who} is {options['type']}"
        for field in "user", "role":
            if options.get(field):
                yield f"{who} has a SELinux {field}"


def proc_mount(_, spec):
    for container in containers(spec):
        if context(container).get("procMount", "Default") not in ("Default", None):
            yield f"procMount of container {container['name']} is {context(container)['procMount']}"


def sysctls(_, spec):
    for sysctl in context(spec).get("sysctls") or []:
        if sysctl["name"] not in SYSCTLS:
            yield f"the pod sets the sysctl {sysctl['name']}"


RULES = (host_namespaces, host_process, privileged, privilege_escalation, capabilities, volumes, host_ports, hosts_of_probes, non_root,
         user, seccomp, apparmor, selinux, proc_mount, sysctls)


def violations(metadata, spec):
    for rule in RULES:
        for sentence in rule(metadata or {}, spec):
            yield f"{sentence}, which the Pod Security Standard forbids"
