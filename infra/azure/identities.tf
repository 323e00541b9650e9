# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Who machines are when they ask the vault, where they join by themselves. Agents read their own secret only: with the other one, a machine
# could be made a server.
locals {
  identities = var.unattended ? toset(["server", "agent"]) : toset([])
  client_ids = { for kind, identity in azurerm_user_assigned_identity.machine : kind => identity.client_id } # what they are called there
  reads      = var.unattended ? { server = "server", server_for_agents = "server", agent = "agent" } : {}
}

resource "azurerm_user_assigned_identity" "machine" {
  for_each            = local.identities
  name                = "${var.name}-${each.key}"
  resource_group_name = azurerm_resource_group.main.name
  location            = azurerm_resource_group.main.location
  tags                = local.tags
}

resource "azurerm_role_assignment" "read" {
  for_each             = local.reads
  scope                = "${var.key_vault_id}/secrets/${each.key == "server" ? local.tokens_of.server : local.tokens_of.agent}"
  role_definition_name = "Key Vault Secrets User"
  principal_id         = azurerm_user_assigned_identity.machine[each.value].principal_id
  principal_type       = "ServicePrincipal" # else Azure looks for the identity where it is not known yet
}
