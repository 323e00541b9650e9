# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# A K3s cluster for Lapilli on virtual machines of Azure: README.md says how. What depends on variables alone is in hosts.tf and
# first_boot.tf.
locals {
  tags = merge(var.tags, { application = "lapilli", cluster = var.name })
}

resource "azurerm_resource_group" "main" {
  name     = var.name
  location = var.location
  tags     = local.tags
}

# MPI waits for the slowest message: machines of one group stand close to each other.
resource "azurerm_proximity_placement_group" "main" {
  count               = var.proximity_placement_group ? 1 : 0
  name                = var.name
  resource_group_name = azurerm_resource_group.main.name
  location            = azurerm_resource_group.main.location
  tags                = local.tags
}

locals {
  proximity_placement_group_id = one(azurerm_proximity_placement_group.main[*].id)
}

check "data_outlive_a_server" {
  assert {
    condition     = var.server_count == 1 || var.storage == "azure-files"
    error_message = "The shared folder lies on the first of three servers, so jobs stop when that one is lost; expected a folder elsewhere; set storage = \"azure-files\"."
  }
}
