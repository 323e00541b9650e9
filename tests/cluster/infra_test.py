# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""The facts about infra/azure hold, and each of them finds the fault that is planted in a copy."""
import pathlib
import shutil
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
import manifest_venv

if __name__ == "__main__":
    manifest_venv.enter()

from infra_facts import FACTS, Plan

AZURE = pathlib.Path(__file__).resolve().parents[2] / "infra" / "azure"

FAULTS = {  # of each fact: a file, what stands in it, what shall stand there instead at the first place, part of the violation
    "only_known_rules_open_ports": [
        ("firewall.tf", 'ports = ["6443"], sources = local.inside', 'ports = ["6443"], sources = ["0.0.0.0/0"]', "the rule api"),
        ("firewall.tf", 'ports = ["22"]', 'ports = ["22", "111"]', "the rule ssh"),
        ("firewall.tf", "    ping ", '    all = { priority = 99, protocol = "*", ports = ["*"], sources = ["*"] }\n    ping ',
         "the rule all"),
        ("firewall.tf", "inside = [var.network]", 'inside = [var.network, "10.0.0.0/8"]', "inside is"),
        ("firewall.tf", "source_address_prefixes      = each.value.sources", 'source_address_prefix = "*"', "source_address_prefix of"),
        ("firewall.tf", '["*"] ? "*" : null', '["*"] ? "*" : "1-65535"', "destination_port_range of"),
        ("firewall.tf", "protocol                     = each.value.protocol", 'protocol = "*"', "protocol of"),
        ("variables_network.tf", "default     = []", 'default     = ["0.0.0.0/0"]', "ingress_cidrs is open by default"),
        ("variables_network.tf", 'variable "ssh_cidrs" {', 'variable "ssh_cidrs" {\n  default = ["0.0.0.0/0"]', "ssh_cidrs has a default"),
    ],
    "all_else_is_closed": [
        ("firewall.tf", '"Deny"', '"Allow"', "access is Allow"),
        ("firewall.tf", "4096", "4095", "priority is 4095"),
        ("firewall.tf", 'resource "azurerm_subnet_network_security_group_association" "nodes"',
         'resource "azurerm_network_interface_security_group_association" "nodes"', "for no subnet"),
        ("network.tf", "default_outbound_access_enabled = false", "default_outbound_access_enabled = true", "Azure's own way"),
    ],
    "only_the_first_server_has_a_public_address": [
        ("agents.tf", "private_ip_address            = each.value.address",
         "private_ip_address = each.value.address\n    public_ip_address_id = azurerm_public_ip.server.id",
         "azurerm_network_interface.agent has a public address"),
        ("servers.tf", "each.key == local.first ? azurerm_public_ip.server.id : null", "azurerm_public_ip.server.id",
         "the public address of servers"),
        ("network.tf", '"Static"', '"Dynamic"', "azurerm_public_ip.server may change"),
    ],
    "nobody_logs_in_by_password": [
        ("agents.tf", "disable_password_authentication = true", "disable_password_authentication = false", "agent lets passwords in"),
        ("servers.tf", "trimspace(var.ssh_public_key)", 'file("key.pub")', "server lets another key in"),
        ("servers.tf", "  admin_ssh_key {", '  identity {\n    type = "SystemAssigned"\n  }\n\n  admin_ssh_key {', "could ask for secrets"),
    ],
    "no_secret_is_anywhere": [
        ("variables.tf", 'variable "tags"', 'variable "k3s_token" {}\n\nvariable "tags"', "variables.tf speaks of k3s_token"),
        ("cloud-init/first_boot.yaml", "package_update: true", "package_update: true\npassword: x", "speaks of password"),
        ("join.tf", "begins = true,", 'begins = true, password = "x",', "join.tf speaks of password"),
        ("outputs.tf", "  value       = local.inventory", "  value = local.inventory\n  sensitive = true", "inventory is sensitive"),
    ],
    "machines_ask_for_secrets_only_when_unattended": [
        ("variables_unattended.tf", "  default     = false", "  default     = true", "by default"),
        ("identities.tf", 'var.unattended ? toset(["server", "agent"]) : toset([])', 'toset(["server", "agent"])', "identities is"),
        ("identities.tf", '"Key Vault Secrets User"', '"Key Vault Secrets Officer"', "role_definition_name of the role"),
        ("identities.tf", '/secrets/${each.key == "server" ? local.tokens_of.server : local.tokens_of.agent}"', '"', "scope of the role"),
        ("identities.tf", 'agent = "agent" }', 'agent = "agent", more = "agent" }', "reads is"),
        ("identities.tf", 'resource "azurerm_role_assignment"', 'resource "azurerm_key_vault_secret" "x" {}\n\nresource "azurerm_role_assignment"',
         "makes a vault or a secret"),
        ("identities.tf", 'resource "azurerm_role_assignment"', 'resource "azurerm_role_assignment" "x" {}\n\nresource "azurerm_role_assignment"',
         "further identities or roles"),
        ("identities.tf", "identity.client_id", "identity.principal_id", "client_ids is"),
        ("agents.tf", 'var.unattended ? ["agent"] : []', 'var.unattended ? ["server"] : []', "who a agent is"),
        ("servers.tf", 'var.unattended ? ["server"] : []', '["server"]', "who a server is"),
        ("join.tf", "secrets = [local.tokens_of.agent]", "secrets = local.both", "machines ask for"),
    ],
    "machines_only_get_ready": [
        ("agents.tf", "  lifecycle {", '  provisioner "local-exec" {\n    when    = destroy\n    command = "true"\n  }\n\n  lifecycle {',
         "agents.tf has a provisioner"),
        ("first_boot.tf", '[["systemctl", "reload", "ssh"]]', '[["sh", "-c", "curl -sfL get.k3s.io | sh"]]', "first_boot.tf has K3s"),
        ("agents.tf", "base64encode(local.first_boot.agent)", 'filebase64("x")', "agent does something else"),
        ("servers.tf", "ignore_changes = [custom_data]", "ignore_changes = [tags]", "server is made anew"),
    ],
    "machines_are_of_debian_12": [
        ("agents.tf", '"debian-12"', '"debian-11"', "agent is of"),
    ],
    "agents_alone_may_be_taken_away": [
        ("agents.tf", 'var.spot_agents ? "Spot" : "Regular"', '"Spot"', "priority of agents"),
        ("servers.tf", "  admin_ssh_key {", '  priority = "Spot"\n\n  admin_ssh_key {', "servers have priority"),
        ("agents.tf", "var.spot_eviction : null", '"Delete" : null', "eviction_policy of agents"),
    ],
    "the_share_is_for_the_subnet_alone": [
        ("storage.tf", '"Deny"', '"Allow"', "lets in"),
        ("storage.tf", "shared_access_key_enabled       = false", "shared_access_key_enabled = true", "shared_access_key_enabled"),
        ("storage.tf", '"NFS"', '"SMB"', "not of NFS"),
    ],
    "all_has_tags_and_the_name": [
        ("network.tf", "  tags                = local.tags\n", "", "azurerm_virtual_network.main has no tags"),
        ("main.tf", "name     = var.name", 'name     = "lapilli-group"', "is called lapilli-group"),
    ],
    "every_variable_says_what_it_takes": [
        ("variables.tf", "; expected one word of a-z and 0-9, e.g.", ", e.g.", "the message of location"),
        ("variables.tf", '  description = "Region of Azure."\n', "", "location has no description"),
        ("variables.tf", 'variable "tags"', 'variable "colour" {\n  description = "x"\n  type = string\n}\n\nvariable "tags"',
         "colour has no validation"),
    ],
    "the_page_names_every_variable_and_output": [
        ("README.md", "`spot_max_price`", "`spot_price`", "what spot_max_price is"),
        ("outputs.tf", 'output "hostfile"', 'output "machines"', "what machines is"),
    ],
    "providers_are_pinned": [
        ("versions.tf", '"~> ', '">= ', "the providers are"),
        ("main.tf", "locals {", 'data "azurerm_client_config" "me" {}\n\nlocals {', "data sources"),
    ],
}


class Infra(unittest.TestCase):
    def violations(self, fact, folder):
        return list(fact(Plan(folder)))

    def test_each_fact_holds(self):
        for fact in FACTS:
            with self.subTest(fact.__name__):
                self.assertEqual(self.violations(fact, AZURE), [])

    def test_each_planted_fault_is_found(self):
        by_name = {fact.__name__: fact for fact in FACTS}
        self.assertEqual(set(by_name), set(FAULTS), "a fact that is not tried")
        for name, (file, before, after, part) in ((name, fault) for name, faults in FAULTS.items() for fault in faults):
            with self.subTest(f"{name}: {part}"), tempfile.TemporaryDirectory() as scratch:
                folder = pathlib.Path(scratch) / "azure"
                shutil.copytree(AZURE, folder, ignore=shutil.ignore_patterns(".terraform*", "terraform.tfstate*"))
                text = (folder / file).read_text(encoding="utf-8")
                self.assertIn(before, text)
                (folder / file).write_text(text.replace(before, after, 1), encoding="utf-8")
                found = self.violations(by_name[name], folder)
                self.assertTrue(any(part in violation for violation in found), found)


if __name__ == "__main__":
    unittest.main()
