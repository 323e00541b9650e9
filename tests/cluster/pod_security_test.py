# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""Each rule of the Pod Security Standard "restricted" finds what violates it, in each kind of container, and nothing else does."""
import copy
import sys
import unittest

sys.dont_write_bytecode = True
import pod_security

CONTAINER = {"name": "one", "securityContext": {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}}}
POD = {
    "metadata": {"annotations": {}},
    "spec": {
        "securityContext": {"runAsNonRoot": True, "runAsUser": 1000, "seccompProfile": {"type": "RuntimeDefault"}},
        "initContainers": [CONTAINER], "containers": [CONTAINER], "ephemeralContainers": [CONTAINER],
        "volumes": [{"name": "work", "persistentVolumeClaim": {"claimName": "work"}}, {"name": "tmp", "emptyDir": {}}],
    },
}

OF_POD = [  # the rule that is violated, a field of the pod, its value
    ("host_namespaces", "spec hostNetwork", True),
    ("host_namespaces", "spec hostPID", True),
    ("host_namespaces", "spec hostIPC", True),
    ("host_process", "spec securityContext windowsOptions", {"hostProcess": True}),
    ("volumes", "spec volumes", [{"name": "disk", "hostPath": {"path": "/"}}]),
    ("volumes", "spec volumes", [{"name": "disk", "nfs": {"server": "here", "path": "/"}}]),
    ("volumes", "spec volumes", [{"name": "disk", "gitRepo": {}}]),
    ("non_root", "spec securityContext runAsNonRoot", None),
    ("non_root", "spec securityContext runAsNonRoot", False),
    ("user", "spec securityContext runAsUser", 0),
    ("seccomp", "spec securityContext seccompProfile", None),
    ("seccomp", "spec securityContext seccompProfile type", "Unconfined"),
    ("apparmor", "spec securityContext appArmorProfile", {"type": "Unconfined"}),
    ("apparmor", "metadata annotations container.apparmor.security.beta.kubernetes.io/one", "unconfined"),
    ("selinux", "spec securityContext seLinuxOptions", {"type": "spc_t"}),
    ("selinux", "spec securityContext seLinuxOptions", {"user": "system_u"}),
    ("selinux", "spec securityContext seLinuxOptions", {"role": "system_r"}),
    ("sysctls", "spec securityContext sysctls", [{"name": "kernel.msgmax", "value": "1"}]),
]
OF_CONTAINER = [
    ("host_process", "securityContext windowsOptions", {"hostProcess": True}),
    ("privileged", "securityContext privileged", True),
    ("privilege_escalation", "securityContext allowPrivilegeEscalation", True),
    ("privilege_escalation", "securityContext allowPrivilegeEscalation", None),
    ("capabilities", "securityContext capabilities", None),
    ("capabilities", "securityContext capabilities drop", ["NET_RAW"]),
    ("capabilities", "securityContext capabilities add", ["NET_BIND_SERVICE", "SYS_PTRACE"]),
    ("host_ports", "ports", [{"containerPort": 22}, {"containerPort": 23, "hostPort": 23}]),
    ("hosts_of_probes", "livenessProbe", {"httpGet": {"port": 80, "host": "192.0.2.1"}}),
    ("hosts_of_probes", "readinessProbe", {"tcpSocket": {"port": 80, "host": "192.0.2.1"}}),
    ("hosts_of_probes", "startupProbe", {"tcpSocket": {"port": 80, "host": "192.0.2.1"}}),
    ("hosts_of_probes", "lifecycle", {"preStop": {"httpGet": {"port": 80, "host": "192.0.2.1"}}}),
    ("non_root", "securityContext runAsNonRoot", False),
    ("user", "securityContext runAsUser", 0),
    ("seccomp", "securityContext seccompProfile", {"type": "Unconfined"}),
    ("apparmor", "securityContext appArmorProfile", {"type": "Unconfined"}),
    ("selinux", "securityContext seLinuxOptions", {"type": "spc_t"}),
    ("proc_mount", "securityContext procMount", "Unmasked"),
]
ALLOWED = [
    ("securityContext runAsUser", 1001),
    ("securityContext runAsNonRoot", True),
    ("securityContext capabilities add", ["NET_BIND_SERVICE"]),
    ("securityContext seccompProfile", {"type": "Localhost", "localhostProfile": "own.json"}),
    ("securityContext appArmorProfile", {"type": "RuntimeDefault"}),
    ("securityContext seLinuxOptions", {"type": "container_t", "level": "s0:c1,c2"}),
    ("securityContext procMount", "Default"),
    ("ports", [{"containerPort": 2222, "hostPort": 0}]),
    ("readinessProbe", {"tcpSocket": {"port": 2222}}),
]


def changed(path, value):
    pod = copy.deepcopy(POD)  # keeps what is shared shared
    *path, last = (int(key) if key.isdigit() else key for key in path.split(" "))
    place = pod
    for key in path:
        place[key] = copy.deepcopy(place[key])
        place = place[key]
    place[last] = value
    return pod


def broken_rules(pod):
    return [rule.__name__ for rule in pod_security.RULES if list(rule(pod["metadata"], pod["spec"]))]


def kinds(cases):
    """Fields of a container as fields of each kind of container in a pod."""
    for kind in "initContainers", "containers", "ephemeralContainers":
        yield from ((*rule, f"spec {kind} 0 {path}", value) for *rule, path, value in cases)


class PodSecurity(unittest.TestCase):
    def test_a_pod_that_keeps_to_the_standard_has_no_violations(self):
        self.assertEqual(list(pod_security.violations(POD["metadata"], POD["spec"])), [])

    def test_each_rule_finds_what_violates_it_and_no_other_does(self):
        for rule, path, value in [*OF_POD, *kinds(OF_CONTAINER)]:
            with self.subTest(rule=rule, path=path, value=value):
                self.assertEqual(broken_rules(changed(path, value)), [rule])

    def test_each_rule_is_violated_once(self):
        self.assertEqual({rule for rule, *_ in OF_POD + OF_CONTAINER}, {rule.__name__ for rule in pod_security.RULES})

    def test_what_the_standard_allows_is_no_violation(self):
        for path, value in kinds(ALLOWED):
            with self.subTest(path=path, value=value):
                self.assertEqual(broken_rules(changed(path, value)), [])

    def test_containers_may_say_what_the_pod_does_not(self):
        for field, value, rule in ("runAsNonRoot", True, "non_root"), ("seccompProfile", {"type": "RuntimeDefault"}, "seccomp"):
            pod = copy.deepcopy(POD)
            del pod["spec"]["securityContext"][field]
            self.assertEqual(broken_rules(pod), [rule])
            pod["spec"]["containers"][0]["securityContext"][field] = value  # the three are one object
            self.assertEqual(broken_rules(pod), [])

    def test_what_the_pod_allows_is_a_violation_even_if_no_container_uses_it(self):
        confined, unconfined = {"type": "Localhost"}, {"type": "Unconfined"}
        for rule, field, good, bad in ("non_root", "runAsNonRoot", True, False), ("seccomp", "seccompProfile", confined, unconfined):
            pod = copy.deepcopy(POD)
            pod["spec"]["securityContext"][field] = bad
            pod["spec"]["containers"][0]["securityContext"][field] = good
            self.assertEqual(broken_rules(pod), [rule])


if __name__ == "__main__":
    unittest.main()
