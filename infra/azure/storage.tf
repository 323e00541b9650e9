# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# The folder that all pods share: on the first server, if wanted on a disk of its own, or a share of Azure Files.
resource "azurerm_managed_disk" "work" {
  count                = var.data_disk_gb > 0 ? 1 : 0
  name                 = "${var.name}-work"
  resource_group_name  = azurerm_resource_group.main.name
  location             = azurerm_resource_group.main.location
  zone                 = local.servers[local.first].zone
  storage_account_type = "Premium_LRS"
  create_option        = "Empty"
  disk_size_gb         = var.data_disk_gb
  tags                 = local.tags
}

resource "azurerm_virtual_machine_data_disk_attachment" "work" {
  count              = var.data_disk_gb > 0 ? 1 : 0
  managed_disk_id    = azurerm_managed_disk.work[0].id
  virtual_machine_id = azurerm_linux_virtual_machine.server[local.first].id
  lun                = 0 # cloud-init/mount_disk looks for it there
  caching            = "None"
}

resource "azurerm_storage_account" "work" {
  count                           = var.storage == "azure-files" ? 1 : 0
  name                            = var.storage_account
  resource_group_name             = azurerm_resource_group.main.name
  location                        = azurerm_resource_group.main.location
  account_kind                    = "FileStorage"
  account_tier                    = "Premium"
  account_replication_type        = "LRS"
  https_traffic_only_enabled      = false # NFS is no HTTPS; the subnet alone gets in
  min_tls_version                 = "TLS1_2"
  shared_access_key_enabled       = false # the keys that Azure makes all the same open nothing
  local_user_enabled              = false
  allow_nested_items_to_be_public = false
  tags                            = local.tags

  network_rules {
    default_action             = "Deny"
    bypass                     = ["None"]
    virtual_network_subnet_ids = [azurerm_subnet.nodes.id]
  }
}

resource "azurerm_storage_share" "work" {
  count              = var.storage == "azure-files" ? 1 : 0
  name               = "lapilli"
  storage_account_id = azurerm_storage_account.work[0].id
  enabled_protocol   = "NFS"
  quota              = var.share_gb
}
