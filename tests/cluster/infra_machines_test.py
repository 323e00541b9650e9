# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""What infra/azure tells machines and their owner: what runs at the first boot, on disks that are played; and, where Terraform is
installed, what it makes of the variables. With LAPILLI_AZURERM, a folder with the provider as `terraform providers mirror` makes it, also
all tests of infra/azure/tests."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

AZURE = pathlib.Path(__file__).resolve().parents[2] / "infra" / "azure"
TERRAFORM = shutil.which("terraform")
GIVEN = {"ssh_cidrs": ["203.0.113.7/32"],
         "ssh_public_key": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILE67MQbEO3rr1uGQdVNOI/E+35gMMX8VB7l5jERsK/G you@laptop"}
TOLD = """
output "first_boot" { value = local.first_boot }
output "inventory" { value = local.inventory }
output "hostfile" { value = local.hostfile }
output "ssh_config" {
  value = templatefile("${path.module}/ssh_config.tftpl", { first = local.first, address = "203.0.113.4", user = var.user,
  others = { for name, host in merge(local.servers, local.agents) : name => host.address if name != local.first } })
}
"""
OF_AZURE = 'locals { client_ids = { server = "22222222-0000", agent = "33333333-0000" } }'


def run(*words, **more):
    return subprocess.run(words, text=True, capture_output=True, timeout=900, **more)


class FirstBoot(unittest.TestCase):
    """The programs of cloud-init, with others played that write down how they were called."""

    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.root = pathlib.Path(scratch.name)
        for folder in ("programs", "etc", "dev/disk/azure/scsi1", "tmp"):
            (self.root / folder).mkdir(parents=True)
        (self.root / "etc/fstab").write_text("# empty\n")
        (self.root / "calls").touch()
        self.play("sleep", "mkfs.ext4", "mount", "umount", "chown", "chmod", "mountpoint", "blkid")
        self.play("blkid", code="[[ -e $LAPILLI_ROOT/kind ]] || exit 2; case $* in *TYPE*) cat $LAPILLI_ROOT/kind ;; *) echo 12-34 ;; esac")
        self.play("mkfs.ext4", code="echo ext4 >$LAPILLI_ROOT/kind")
        self.play("mountpoint", code="exit 1")

    def play(self, *names, code=""):
        for name in names:
            program = self.root / "programs" / name
            program.write_text(f'#!/bin/bash\necho "{name} $*" >>"$LAPILLI_ROOT/calls"\n{code}\n')
            program.chmod(0o755)

    def attach(self, place="scsi1/lun0", kind=None):
        disk = self.root / "dev/disk/azure" / place
        disk.parent.mkdir(parents=True, exist_ok=True)
        disk.touch()
        if kind is not None:
            (self.root / "kind").write_text(kind)

    def boot(self, program, *words):
        path = f"{self.root}/programs:{os.environ['PATH']}"
        done = run("bash", AZURE / "cloud-init" / program, *words,
                   env={"PATH": path, "LAPILLI_ROOT": str(self.root), "TMPDIR": str(self.root / "tmp")})
        self.calls = (self.root / "calls").read_text().replace(str(self.root), "")
        return done

    def test_an_empty_disk_gets_a_file_system_once(self):
        self.attach()
        self.assertEqual(self.boot("mount_disk").returncode, 0)
        self.assertIn("mkfs.ext4 -q -L lapilli /dev/disk/azure/scsi1/lun0\n", self.calls)
        self.assertIn("mount /srv/lapilli\nchown 1000:1000 /srv/lapilli\n", self.calls)
        line = "UUID=12-34 /srv/lapilli ext4 defaults,nofail,x-systemd.device-timeout=60s 0 2\n"
        self.assertEqual((self.root / "etc/fstab").read_text(), "# empty\n" + line)
        self.play("mountpoint")  # it is mounted now
        self.assertEqual(self.boot("mount_disk").returncode, 0)
        self.assertEqual((self.calls.count("mkfs"), self.calls.count("mount /srv")), (1, 1))
        self.assertEqual((self.root / "etc/fstab").read_text(), "# empty\n" + line)

    def test_a_disk_with_data_is_left_as_it_is(self):
        self.attach("data/by-lun/0", kind="xfs\n")
        self.assertEqual(self.boot("mount_disk").returncode, 0)
        self.assertNotIn("mkfs", self.calls)
        self.assertIn("mount /srv/lapilli\n", self.calls)
        self.assertIn(" /srv/lapilli xfs ", (self.root / "etc/fstab").read_text())

    def test_a_disk_that_is_not_understood_is_not_touched(self):
        self.attach(kind="")  # partitions
        refused = self.boot("mount_disk")
        self.assertEqual(refused.returncode, 1)
        self.assertIn("has partitions; expected", refused.stderr)
        self.play("blkid", code="exit 8")
        refused = self.boot("mount_disk")
        self.assertEqual(refused.returncode, 1)
        self.assertIn("blkid ended with code 8", refused.stderr)
        self.assertNotRegex(self.calls, "mkfs|mount /srv")

    def test_a_disk_that_comes_late_is_waited_for_but_not_for_ever(self):
        refused = self.boot("mount_disk")
        self.assertEqual((refused.returncode, self.calls.count("sleep 2\n")), (1, 450))
        self.assertIn("there is no data disk after 15 minutes; expected", refused.stderr)
        self.play("sleep", code="touch $LAPILLI_ROOT/dev/disk/azure/scsi1/lun0")
        self.assertEqual(self.boot("mount_disk").returncode, 0)

    def test_a_share_gets_its_owner(self):
        self.play("mount", code="(($(grep -c ^mount $LAPILLI_ROOT/calls) > 2))")
        self.assertEqual(self.boot("own_share", "a.file.core.windows.net", "/a/lapilli").returncode, 0)
        mounts = re.findall(r"^mount (.*) (\S+)$", self.calls, re.M)
        self.assertEqual(mounts[2][0], "-t nfs -o vers=4,minorversion=1,sec=sys a.file.core.windows.net:/a/lapilli")
        self.assertEqual(len(mounts), 3)
        folder = mounts[2][1]
        self.assertIn(f"chown 1000:1000 {folder}\nchmod 770 {folder}\numount {folder}\n", self.calls)
        self.play("mount", code="exit 32")
        refused = self.boot("own_share", "a.file.core.windows.net", "/a/lapilli")
        self.assertEqual(refused.returncode, 1)
        self.assertIn("could not be mounted for 5 minutes; expected", refused.stderr)
        self.assertEqual(list((self.root / "tmp").iterdir()), [])


@unittest.skipUnless(TERRAFORM, "there is no terraform on the path")
class Terraform(unittest.TestCase):
    """What depends on variables alone needs no provider."""

    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = pathlib.Path(scratch.name)
        self.settings = {"PATH": os.environ["PATH"], "HOME": scratch.name, "CHECKPOINT_DISABLE": "1", "TF_CLI_ARGS": "-no-color"}
        self.settings["TF_CLI_CONFIG_FILE"] = str(self.folder / "terraformrc")
        (self.folder / "terraformrc").touch()

    def terraform(self, *words):
        done = run(TERRAFORM, *words, cwd=self.folder, env=self.settings)
        self.assertEqual(done.returncode, 0, done.stdout[-3000:] + done.stderr[-3000:])
        return done.stdout

    def without_provider(self):
        for name in ("variables*.tf", "hosts.tf", "first_boot.tf", "join.tf", "ssh_config.tftpl"):
            for file in AZURE.glob(name):
                shutil.copy(file, self.folder)
        shutil.copytree(AZURE / "cloud-init", self.folder / "cloud-init")
        (self.folder / "of_azure.tf").write_text(OF_AZURE)

    def tests_of_variables(self):
        """Copies them, and returns their text; they need the provider only beside the other files."""
        (self.folder / "tests").mkdir()
        for file in AZURE.glob("tests/variables*.tftest.hcl"):
            (self.folder / "tests" / file.name).write_text(file.read_text().replace('mock_provider "azurerm" {}\n', ""))
        return "".join(file.read_text() for file in self.folder.glob("tests/*"))

    def told(self, **variables):
        self.without_provider()
        (self.folder / "told.tf").write_text(TOLD)
        (self.folder / "given.auto.tfvars.json").write_text(json.dumps({**GIVEN, **variables}))
        self.terraform("init", "-input=false")
        self.terraform("apply", "-auto-approve", "-input=false")
        return {name: output["value"] for name, output in json.loads(self.terraform("output", "-json")).items()}

    def cloud_config(self, text):
        """The values of a user-data, each of which is JSON."""
        self.assertTrue(text.startswith("#cloud-config\n"))
        return {key: json.loads(value) for key, value in re.findall(r"^(\w+): (.*)$", text, re.M)}

    def test_files_have_the_usual_form(self):
        self.terraform("fmt", "-check", "-recursive", str(AZURE))

    def test_each_variable_refuses_what_it_should(self):
        self.without_provider()
        text = self.tests_of_variables()
        self.terraform("init", "-input=false")
        self.assertRegex(self.terraform("test"), rf"\n{'Success! ' + str(text.count('command = plan'))} passed, 0 failed\.")
        variables = set(re.findall(r'^variable "(\w+)"', "".join(file.read_text() for file in AZURE.glob("variables*.tf")), re.M))
        self.assertEqual(variables, set(re.findall(r"expect_failures = \[var\.(\w+)\]", text)))

    def test_a_variable_that_refuses_nothing_is_found(self):
        self.without_provider()
        self.tests_of_variables()
        variables = self.folder / "variables.tf"
        variables.write_text(variables.read_text().replace("contains([1, 3], var.server_count)", "var.server_count > 0"))
        self.terraform("init", "-input=false")
        done = run(TERRAFORM, "test", cwd=self.folder, env=self.settings)
        self.assertEqual(done.returncode, 1)
        self.assertIn('run "refuses_two_servers"... fail', done.stdout)

    def test_machines_get_what_they_need(self):
        told = self.told(agent_count=3, agent_size="Standard_E16-8s_v5", data_disk_gb=64, container_runtime="docker")
        boot = {kind: self.cloud_config(text) for kind, text in told["first_boot"].items()}
        self.assertEqual(boot["agent"]["packages"], ["ca-certificates", "curl", "nfs-common", "docker.io"])
        self.assertEqual(set(boot["agent"]), {"package_update", "packages"})  # cloud-init refuses lists that are empty
        self.assertEqual(boot["server"], boot["agent"])
        self.assertIn("nfs-kernel-server", boot["first"]["packages"])
        self.assertEqual(boot["first"]["runcmd"], [["systemctl", "reload", "ssh"], ["/usr/local/sbin/mount_disk"]])
        files = {file["path"]: file for file in boot["first"]["write_files"]}
        self.assertEqual(files["/usr/local/sbin/mount_disk"]["content"], (AZURE / "cloud-init/mount_disk").read_text())
        self.assertEqual(files["/usr/local/sbin/mount_disk"]["permissions"], "0755")
        self.assertEqual(told["hostfile"], "".join(f"lapilli-agent-{i} slots=8\n" for i in range(3)))
        self.assertEqual(told["inventory"].splitlines()[-1], "option docker")

    def test_spot_machines_get_their_guard(self):
        boot = {kind: self.cloud_config(text) for kind, text in self.told(spot_agents=True)["first_boot"].items()}
        self.assertEqual(boot["agent"]["runcmd"], [["systemctl", "enable", "--now", "spot_guard.service"]])
        files = {file["path"]: file["content"] for file in boot["agent"]["write_files"]}
        self.assertEqual(files, {path: (AZURE / "cloud-init" / pathlib.Path(path).name).read_text()
                                 for path in ("/usr/local/sbin/spot_guard", "/etc/systemd/system/spot_guard.service")})
        self.assertNotIn("write_files", boot["server"])

    def test_machines_that_join_by_themselves_are_told_how(self):
        vault = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/keys/providers/Microsoft.KeyVault/vaults/rocks-keys"
        told = self.told(unattended=True, key_vault_id=vault, package_url="https://example.org/lapilli.deb", package_sha256="0" * 64,
                         server_count=3, registry="https://registry.example", storage="azure-files", storage_account="abc")
        all_of_them = ["--nodes", "10.20.0.0/24", "--storage=nfs://abc.file.core.windows.net/abc/lapilli",
                       "--registry=https://registry.example"]
        of_servers = [*all_of_them, "--taint", *(word for i in range(3) for word in ("--tls-san", f"lapilli-server-{i}"))]
        urls = [f"https://10.20.0.{i}:6443" for i in (4, 5, 6)]
        both = ["lapilli-server", "lapilli-agent"]
        for kind, identity, begins, servers, secrets, words in (
                ("first", "22222222-0000", True, urls[1:], both, ["server", *of_servers]),
                ("server", "22222222-0000", False, urls[:1], both, ["server", "--plain", *of_servers]),
                ("agent", "33333333-0000", False, urls, both[1:], ["agent", *all_of_them])):
            boot = self.cloud_config(told["first_boot"][kind])
            files = {file["path"]: file for file in boot["write_files"]}
            self.assertEqual(json.loads(files["/etc/lapilli/join.json"]["content"]), {
                "vault": "rocks-keys", "identity": identity, "package": "https://example.org/lapilli.deb", "sha256": "0" * 64,
                "begins": begins, "servers": servers, "secrets": secrets, "words": words})
            self.assertEqual(files["/usr/local/sbin/join"]["content"], (AZURE / "cloud-init/join").read_text())
            self.assertEqual(files["/usr/local/sbin/join"]["permissions"], "0755")
            self.assertEqual(files["/etc/systemd/system/join.service"]["content"], (AZURE / "cloud-init/join.service").read_text())
            self.assertEqual(boot["runcmd"][-1], ["systemctl", "enable", "--now", "join.service"])

    def test_a_share_needs_no_nfs_server(self):
        told = self.told(storage="azure-files", storage_account="abc")
        first = self.cloud_config(told["first_boot"]["first"])
        self.assertNotIn("nfs-kernel-server", first["packages"])
        self.assertEqual(first["runcmd"][1], ["/usr/local/sbin/own_share", "abc.file.core.windows.net", "/abc/lapilli"])
        self.assertIn("option storage=nfs://abc.file.core.windows.net/abc/lapilli\n", told["inventory"])

    @unittest.skipUnless(shutil.which("ssh"), "there is no ssh on the path")
    def test_ssh_goes_through_the_first_server(self):
        (self.folder / "ssh_config").write_text(self.told(server_count=3)["ssh_config"])

        def settings_of(host):
            done = run("ssh", "-G", "-F", str(self.folder / "ssh_config"), host)
            self.assertEqual(done.returncode, 0, done.stderr)
            return dict(line.split(" ", 1) for line in done.stdout.splitlines() if " " in line)
        first, agent = settings_of("lapilli-server-0"), settings_of("lapilli-agent-1")
        self.assertEqual((first["hostname"], first["user"], first.get("proxyjump")), ("203.0.113.4", "lapilli", None))
        self.assertEqual((agent["hostname"], agent["user"], agent["proxyjump"]), ("10.20.0.11", "lapilli", "lapilli-server-0"))
        self.assertEqual((agent["hostkeyalias"], agent["stricthostkeychecking"]), ("lapilli-agent-1", "accept-new"))
        self.assertEqual(settings_of("lapilli-server-2")["proxyjump"], "lapilli-server-0")

    @unittest.skipUnless(os.environ.get("LAPILLI_AZURERM"), "LAPILLI_AZURERM names no folder with the provider")
    def test_all_holds_with_the_provider_itself(self):
        mirror = json.dumps(os.environ["LAPILLI_AZURERM"])
        (self.folder / "terraformrc").write_text(f"provider_installation {{\n  filesystem_mirror {{\n    path = {mirror}\n  }}\n}}\n")
        self.folder /= "azure"
        shutil.copytree(AZURE, self.folder, ignore=shutil.ignore_patterns(".terraform*", "terraform.tfstate*", "*.tfvars"))
        self.terraform("init", "-input=false")
        self.terraform("validate")
        self.assertRegex(self.terraform("test"), r"\nSuccess! \d+ passed, 0 failed\.")


if __name__ == "__main__":
    unittest.main()
