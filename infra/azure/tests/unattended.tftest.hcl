# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# What would be made where machines join by themselves, and that nothing of it is made elsewhere; as in plan.tftest.hcl.
mock_provider "azurerm" {
  mock_resource "azurerm_user_assigned_identity" {
    override_during = plan
    defaults = {
      id           = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/lapilli/providers/Microsoft.ManagedIdentity/userAssignedIdentities/lapilli"
      principal_id = "11111111-1111-1111-1111-111111111111"
      client_id    = "22222222-2222-2222-2222-222222222222"
    }
  }
}

variables {
  ssh_cidrs      = ["203.0.113.7/32"]
  ssh_public_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILE67MQbEO3rr1uGQdVNOI/E+35gMMX8VB7l5jERsK/G you@laptop"
  key_vault_id   = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/lapilli-keys/providers/Microsoft.KeyVault/vaults/lapilli-example"
  package_url    = "https://example.org/releases/v0.1.0/lapilli_0.1.0-1.debian12_amd64.deb"
  package_sha256 = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
}

run "attended" {
  command = plan
  assert {
    condition     = length(azurerm_user_assigned_identity.machine) == 0 && length(azurerm_role_assignment.read) == 0
    error_message = "There is an identity or a role that nobody needs."
  }
  assert {
    condition = alltrue([for machine in merge(azurerm_linux_virtual_machine.server, azurerm_linux_virtual_machine.agent) :
    length(machine.identity) == 0 && !strcontains(base64decode(machine.custom_data), "join")])
    error_message = "A machine could ask for a secret, or would join by itself."
  }
}

run "unattended" {
  command = plan
  variables {
    unattended      = true
    server_count    = 3
    storage         = "azure-files"
    storage_account = "lapilliexample"
  }
  assert {
    condition     = keys(azurerm_user_assigned_identity.machine) == ["agent", "server"]
    error_message = "Servers and agents have no identity of their own."
  }
  assert {
    condition     = alltrue([for machine in merge(azurerm_linux_virtual_machine.server, azurerm_linux_virtual_machine.agent) : machine.identity[0].type == "UserAssigned"])
    error_message = "A machine has no identity, or one of another kind."
  }
  assert {
    condition = { for name, role in azurerm_role_assignment.read : name => role.scope } == {
      agent             = "${var.key_vault_id}/secrets/lapilli-agent"
      server            = "${var.key_vault_id}/secrets/lapilli-server"
      server_for_agents = "${var.key_vault_id}/secrets/lapilli-agent"
    }
    error_message = "Other secrets may be read than those that machines need."
  }
  assert {
    condition     = alltrue([for role in azurerm_role_assignment.read : role.role_definition_name == "Key Vault Secrets User"])
    error_message = "Machines may do more than read."
  }
  assert {
    condition = alltrue([for machine in merge(azurerm_linux_virtual_machine.server, azurerm_linux_virtual_machine.agent) :
    strcontains(base64decode(machine.custom_data), "/etc/lapilli/join.json") && length(machine.custom_data) < 65536])
    error_message = "A machine is not told how to join, or more than Azure takes."
  }
  assert {
    condition = alltrue([for machine in merge(azurerm_linux_virtual_machine.server, azurerm_linux_virtual_machine.agent) :
    strcontains(base64decode(machine.custom_data), "22222222-2222-2222-2222-222222222222")])
    error_message = "A machine is not told which of its identities asks the vault."
  }
  assert {
    condition     = !strcontains(base64decode(azurerm_linux_virtual_machine.agent["lapilli-agent-0"].custom_data), "lapilli-server\"")
    error_message = "An agent is told of the secret of servers."
  }
}
