# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""The manifests in k8s are right, and what is not right in a copy of them is found."""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
import check_manifests
import manifest_schemas
from manifest_files import folders_of, read_folder
from manifest_folders import selects
from manifest_pods import version

HERE = pathlib.Path(__file__).resolve().parent
K8S = HERE.parents[1] / "k8s"
GUARD = HERE.parents[1] / "k8s" / "guard"
IMAGE = f"lapilli:{version()}"
FEW_WORDS = {  # that a field takes; one of them stands in the manifests
    ("accessModes", "ReadWriteMany"), ("action", "Ignore"), ("completionMode", "Indexed"), ("effect", "NoExecute"),
    ("imagePullPolicy", "IfNotPresent"), ("medium", "Memory"), ("operator", "Exists"), ("operator", "In"),
    ("persistentVolumeReclaimPolicy", "Retain"), ("podManagementPolicy", "Parallel"), ("policyTypes", "Egress"),
    ("protocol", "UDP"), ("reclaimPolicy", "Retain"), ("restartPolicy", "Never"), ("restartPolicy", "OnFailure"),
    ("type", "Directory"), ("type", "RuntimeDefault"), ("terminationMessagePolicy", "FallbackToLogsOnError"),
    ("volumeBindingMode", "Immediate"), ("whenUnsatisfiable", "ScheduleAnyway"),
}
WORKBENCH = "app.kubernetes.io/component: workbench"

EDITS = [  # a file; what stands in it; what shall stand there instead, at the first place; part of the fault
    # shape
    ("job/job.yaml", "backoffLimitPerIndex", "backoffLimitPerIndx", "'backoffLimitPerIndx' was unexpected"),
    ("job/job.yaml", "apiVersion: batch/v1", "apiVersion: batch/v1beta1", "there is no kind Job in batch/v1beta1"),
    ("job/job.yaml", "backoffLimitPerIndex: 3", "backoffLimitPerIndex: -3", "-3 is less than the minimum of 0"),
    ("namespace/network.yaml", "podSelector: {}", "podSelector: {matchExpressions: [{key: a, operator: Is}]}", "'Is' is not one of"),
    ("job/job.yaml", "memory: 256Mi", "memory: 256MB", "'256MB' does not match"),
    ("volume/pod.yaml", "kind: Pod\n", "kind: Pod\nkind: Pod\n", "the key kind stands there twice"),
    ("volume/pod.yaml", "metadata:\n", "metadata: [\n", "is not YAML"),
    ("volume/pod.yaml", "apiVersion: v1\n", "---\nnote: 1\n---\napiVersion: v1\n", "is no object of Kubernetes"),
    ("volume/pod.yaml", "  name: volume\n", "", "has no name"),
    ("mpijob/mpijob.yaml", "slotsPerWorker", "slotsPerWorkers", "'slotsPerWorkers' was unexpected"),
    ("mpijob/mpijob.yaml", "readinessProbe", "readynessProbe", "'readynessProbe' was unexpected"),
    ("mpijob/mpijob.yaml", "        metadata:\n", "        metadata:\n          generateName: a\n", "'generateName' was unexpected"),
    ("mpijob/mpijob.yaml", "name: sample\n", f"name: {'s' * 53}\n", "is too long"),
    ("mpijob/mpijob.yaml", "replicas: 1\n", "replicas: 2\n", "1 was expected"),
    ("mpijob/mpijob.yaml", "  sshAuthMountPath: /home/lapilli/.ssh\n", "", "'sshAuthMountPath' is a required property"),
    ("mpijob/mpijob.yaml", "restartPolicy: OnFailure # a", "restartPolicy: Never # a", "'OnFailure' was expected"),
    ("mpijob/mpijob.yaml", "emptyDir: {sizeLimit: 256Mi}", "emptyDir:", "None is not of type 'object'"),
    ("mpijob/mpijob.yaml", "{name: tmp, emptyDir: {sizeLimit: 256Mi}}", "{name: tmp}", "does not have enough properties"),
    ("mpijob/mpijob.yaml", "        spec:\n", "        spek:\n", "Launcher.template: 'spec' is a required property"),
    ("mpijob/mpijob.yaml", "containers:\n", "containers: []\n          ephemeralContainers:\n", "Launcher.template.spec.containers: []"),
    ("mpijob/mpijob.yaml", "{cpu: 200m", "{cpu: -1", "is less than the minimum of 0"),
    # each pod
    ("mpijob/mpijob.yaml", "readOnlyRootFilesystem: true", "readOnlyRootFilesystem: true, privileged: true", "is privileged"),
    ("mpijob/mpijob.yaml", "image: &image " + IMAGE, "image: &image lapilli:latest", f"expected {IMAGE}"),
    ("job/job.yaml", f"image: {IMAGE}", f"image: registry.example/other/{IMAGE}0", f"expected {IMAGE}"),
    ("job/job.yaml", "imagePullPolicy: IfNotPresent", "imagePullPolicy: Always", "imagePullPolicy of container"),
    ("job/job.yaml", "automountServiceAccountToken: false", "automountServiceAccountToken: true", "a key to the cluster"),
    ("job/job.yaml", "enableServiceLinks: false", "enableServiceLinks: true", "enableServiceLinks is not false"),
    ("job/job.yaml", "readOnlyRootFilesystem: true", "readOnlyRootFilesystem: false", "readOnlyRootFilesystem of container"),
    ("job/job.yaml", "cpu: 500m, ", "", "requests no cpu"),
    ("job/job.yaml", "memory: 256Mi", "memory: 2Gi", "requests more memory than its limit"),
    ("job/job.yaml", ", limits: {memory: 1Gi}", "", "has no limit of memory"),
    ("job/job.yaml", "tolerationSeconds: 20", "tolerationSeconds: 300", "unreachable is not left within 30 s"),
    ("job/job.yaml", "key: node.kubernetes.io/not-ready", "key: node.kubernetes.io/not-here", "not-ready is not left within 30 s"),
    ("job/job.yaml", "- {name: tmp, mountPath: /tmp}", "- {name: tpm, mountPath: /tmp}", "has no such volume"),
    # what has to fit together
    ("job/job.yaml", "  namespace: lapilli\n", "", "has no namespace"),
    ("namespace/namespace.yaml", "enforce: restricted", "enforce: baseline", "does not enforce the Pod Security Standard"),
    ("namespace/network.yaml", "policyTypes: [Ingress, Egress]", "policyTypes: [Egress]", "is selected by no NetworkPolicy for Ingress"),
    ("namespace/network.yaml", "podSelector: {}", "podSelector: {matchLabels: {a: b}}", "is selected by no NetworkPolicy for Egress"),
    ("mpijob/mpijob.yaml", "egress: [{to:", "egress: [{ports: [{port: 53}]}, {to:", "spec.egress: is open to all"),
    ("mpijob/mpijob.yaml", "from: [{podSelector: {matchLabels: {training", "from: [{podSelector: {matchLabels: {train",
     "spec.ingress: is open to pods that are not there"),
    ("job/job.yaml", "claimName: work", "claimName: works", "needs the PersistentVolumeClaim works"),
    ("job/job.yaml", "job-name: batch}", "job-name: bunch}", "spreads other pods than itself"),
    ("mpijob/mpijob.yaml", "job-name: sample}", "job-name: simple}", "NetworkPolicy sample: selects no pod"),
    ("mpijob/mpijob.yaml", "name: sample-case, optional: true", "name: simple-case", "needs the ConfigMap simple-case"),
    ("workbench/workbench.yaml", "configMap: {name: workbench-hosts}", "secret: {secretName: keys}", "needs the Secret keys"),
    ("workbench/workbench.yaml", f"{WORKBENCH}}}", f"{WORKBENCH}s}}", "Service lapilli: selects no pod"),
    ("workbench/workbench.yaml", "matchLabels: {app.kubernetes.io/name: lapilli", "matchLabels: {app.kubernetes.io/name: other",
     "does not select the pods that it makes"),
    ("dashboard/dashboard.yaml", "minReplicas: 3", "minReplicas: 2", "minReplicas is not the replicas"),
    ("dashboard/dashboard.yaml", "kind: Deployment, name: dashboard", "kind: Deployment, name: board", "which is not there"),
    ("dashboard/dashboard.yaml", "args: [--host, lapilli.localhost]", "args: [--host, other]", "do not answer to"),
    ("dashboard/ingress.yaml", "port: {name: http}", "port: {name: https}", "has no such port"),
    ("dashboard/ingress.yaml", "name: dashboard-retry\n", "name: dashboard-again\n", "needs the Middleware lapilli-dashboard-retry"),
    ("dashboard/ingress.yaml", "attempts: 3", "attempt: 3", "'attempts' is a required property"),
    ("dashboard/ingress.yaml", "pathType: Prefix", "pathType: Before", "'Before' is not one of"),
    ("dashboard/dashboard.yaml", "minAvailable: 2\n  selector: {matchLabels: {app.kubernetes.io/name: lapilli",
     "minAvailable: 2\n  selector: {matchLabels: {app.kubernetes.io/name: other", "selects no pod"),
    ("workbench/workbench.yaml", "serviceName: lapilli", "serviceName: other", "needs the Service other"),
    ("workbench/workbench.yaml", "clusterIP: None", "type: ClusterIP", "needs the Service lapilli with clusterIP None"),
    ("workbench/workbench.yaml", "replicas: 3", "replicas: 4", "lapilli-3.lapilli.lapilli.svc"),
    ("storage/nfs/storage.yaml", "storageClassName: lapilli-shared", "storageClassName: other", "with a volume that fits in"),
    ("storage/azure-files/storage.yaml", "storage: 100Gi", "storage: 1Gi", "with a volume that fits in"),
    ("storage/hostpath/storage.yaml", "accessModes: [ReadWriteMany]", "accessModes: [ReadWriteOnce]", "with a volume that fits in"),
]
MOVES = [  # a file; its new place, if any; part of the fault
    ("namespace/namespace.yaml", None, "MPIJob sample: is in the namespace lapilli, which nothing made before it"),
    ("namespace/namespace.yaml", "namespace/zone.yaml", "which nothing made before it"),
    ("namespace/volume.yaml", None, "needs the PersistentVolumeClaim work, which is not there"),
    ("namespace/volume.yaml", "namespace/volume.yml", "has another suffix"),
    ("mpijob/case.yaml", "mpijob/cases/case.yaml", "expected a flat folder"),
    ("namespace/network.yaml", None, "is selected by no NetworkPolicy"),
]


def strings(content):
    """Each string in a document: the innermost field that it belongs to, the list or object that it stands in, and where."""
    for key, value in list(content.items() if isinstance(content, dict) else enumerate(content)):
        if isinstance(value, (dict, list)):
            yield from ((key if isinstance(field, int) else field, place, where) for field, place, where in strings(value))
        elif isinstance(value, str):
            yield key, content, key


class Manifests(unittest.TestCase):
    def copy(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        return pathlib.Path(shutil.copytree(K8S, folder.name, symlinks=True, dirs_exist_ok=True))

    def expect_fault(self, folder, part):
        faults = [str(fault) for fault in check_manifests.check([folder])]
        self.assertTrue(any(part in fault for fault in faults), f"expected a fault with '{part}', found: {faults}")

    def command(self, *words, given=""):
        return subprocess.run([sys.executable, HERE / "check_manifests.py", *words], input=given, capture_output=True, text=True)

    def test_nothing_is_wrong_with_ours(self):
        self.assertEqual([str(fault) for fault in check_manifests.check([K8S])], [])
        self.assertEqual(check_manifests.check([self.copy()]), [], "a copy is as good")

    def test_only_the_node_guard_has_rights_in_the_cluster_and_no_more_than_it_needs(self):
        self.assertEqual(check_manifests.check([GUARD]), [])
        rights = {"ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding", "Secret", "ServiceAccount"}
        ours = [document.kind for folder in folders_of(K8S) if folder != GUARD for document in read_folder(folder).documents]
        self.assertEqual(rights & set(ours), set())
        documents = {document.kind: document.content for document in read_folder(GUARD).documents}
        self.assertEqual(set(documents), {"ClusterRole", "ClusterRoleBinding", "Secret", "ServiceAccount"})
        self.assertEqual(documents["ClusterRole"]["rules"], [{"apiGroups": [""], "resources": ["nodes"], "verbs": ["get", "list", "patch"]}])
        account = {"kind": "ServiceAccount", "name": "node-guard", "namespace": "kube-system"}
        self.assertEqual(documents["ClusterRoleBinding"]["subjects"], [account])
        self.assertEqual(documents["ClusterRoleBinding"]["roleRef"]["name"], documents["ClusterRole"]["metadata"]["name"])
        self.assertEqual(documents["ServiceAccount"]["metadata"]["name"], account["name"])
        self.assertEqual(documents["Secret"]["metadata"]["annotations"], {"kubernetes.io/service-account.name": account["name"]})

    def test_a_wrong_word_in_a_file_is_found(self):
        for name, old, new, part in EDITS:
            with self.subTest(file=name, new=new):
                folder = self.copy()
                text = (folder / name).read_text()
                self.assertIn(old, text, "the manifest has changed, and this case has to follow")
                (folder / name).write_text(text.replace(old, new, 1))
                self.expect_fault(folder, part)

    def test_a_misspelt_word_is_found_wherever_a_field_takes_few(self):
        misspelt = set()
        for document in (document for folder in folders_of(K8S) if folder != GUARD for document in read_folder(folder).documents):
            for field, place, where in strings(document.content):
                if (field, place[where]) in FEW_WORDS:
                    misspelt.add((field, place[where]))
                    place[where] += "s"
                    self.assertTrue(manifest_schemas.faults(document), f"{field}: {place[where]} in {document.source}")
                    place[where] = place[where][:-1]
        self.assertEqual(misspelt, FEW_WORDS)

    def test_a_selector_selects_by_labels_and_expressions(self):
        labels = {"app": "lapilli", "part": "worker"}
        for selector, expected in [({}, True), ({"matchLabels": {"app": "lapilli"}}, True), ({"matchLabels": {"app": "other"}}, False)]:
            self.assertEqual(selects(selector, labels), expected, selector)
        for key, operator, values, expected in [
                ("app", "Exists", None, True), ("web", "Exists", None, False), ("web", "DoesNotExist", None, True),
                ("app", "DoesNotExist", None, False), ("part", "In", ["worker"], True), ("part", "In", ["web"], False),
                ("part", "NotIn", ["web"], True), ("part", "NotIn", ["worker"], False)]:
            expression = {"key": key, "operator": operator, "values": values}
            self.assertEqual(selects({"matchExpressions": [expression]}, labels), expected, expression)

    def test_a_file_in_the_wrong_place_is_found(self):
        for name, target, part in MOVES:
            with self.subTest(file=name, target=target):
                folder = self.copy()
                if target:
                    (folder / target).parent.mkdir(exist_ok=True)
                    (folder / name).rename(folder / target)
                else:
                    (folder / name).unlink()
                self.expect_fault(folder, part)

    def test_an_object_in_two_files_is_found(self):
        folder = self.copy()
        shutil.copy(folder / "volume/pod.yaml", folder / "volume/again.yaml")
        self.expect_fault(folder, "Pod volume: is there twice")

    def test_a_link_of_this_machine_only_is_found(self):
        folder = self.copy()
        (folder / "job/volume.yaml").symlink_to(folder / "namespace/volume.yaml")
        self.expect_fault(folder, "expected a relative one")

    def test_the_job_runs_a_sweep_with_the_words_of_the_documentation(self):
        words, = re.findall(r"^        args: \[sweep, .*\]$", (HERE.parents[1] / "docs/cluster.md").read_text(), re.M)
        folder = self.copy()
        text = (folder / "job/job.yaml").read_text()
        changed, count = re.subn(r"^        args: \[batch, .*\]", lambda _: words, text, flags=re.M)
        self.assertEqual(count, 1)
        (folder / "job/job.yaml").write_text(changed)
        self.assertEqual(check_manifests.check([folder]), [])
        job, = read_folder(folder / "job").documents
        self.assertEqual(job.content["spec"]["completionMode"], "Indexed", "which gives each pod its index")
        args = job.content["spec"]["template"]["spec"]["containers"][0]["args"]
        self.assertEqual(args[-2:], ["--index", "$(JOB_COMPLETION_INDEX)"])
        self.assertTrue(all(isinstance(word, str) for word in args), args)

    def test_the_command_reads_what_another_prints(self):
        text = (K8S / "mpijob/mpijob.yaml").read_text()
        right = self.command("--on", str(K8S / "mpijob"), "-", given=text)
        self.assertEqual((right.returncode, right.stdout), (0, ""))
        wrong = self.command("--on", str(K8S / "mpijob"), "-", given=text.replace("sample-case, optional: true", "other-case"))
        self.assertEqual(wrong.returncode, 2)
        self.assertIn("standard input: MPIJob sample: spec.mpiReplicaSpecs.Launcher.template: needs the ConfigMap other-case", wrong.stdout)

    def test_what_the_operator_makes_is_taken_for_there(self):
        text = (K8S / "mpijob/mpijob.yaml").read_text()
        for volume in "configMap: {name: sample-config}", "secret: {secretName: sample-ssh}":
            changed = text.replace("configMap: {name: sample-case, optional: true}", volume)
            result = self.command("--on", str(K8S / "mpijob"), "-", given=changed)
            self.assertEqual((result.returncode, result.stdout), (0, ""))

    def test_the_command_does_not_take_nothing_for_right(self):
        self.assertEqual(self.command("-").returncode, 2)
        self.assertEqual(self.command("no/such/folder").returncode, 2)
        self.assertEqual(self.command(str(K8S / "image")).returncode, 2)


if __name__ == "__main__":
    unittest.main()
