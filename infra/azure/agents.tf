# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
resource "azurerm_network_interface" "agent" {
  for_each                       = local.agents
  name                           = each.key
  resource_group_name            = azurerm_resource_group.main.name
  location                       = azurerm_resource_group.main.location
  accelerated_networking_enabled = var.accelerated_networking
  tags                           = local.tags

  ip_configuration {
    name                          = "node"
    subnet_id                     = azurerm_subnet.nodes.id
    private_ip_address_allocation = "Static"
    private_ip_address            = each.value.address
  }
}

resource "azurerm_linux_virtual_machine" "agent" {
  for_each                        = local.agents
  name                            = each.key
  computer_name                   = each.key # the name of its node
  resource_group_name             = azurerm_resource_group.main.name
  location                        = azurerm_resource_group.main.location
  size                            = var.agent_size
  zone                            = each.value.zone
  proximity_placement_group_id    = local.proximity_placement_group_id
  network_interface_ids           = [azurerm_network_interface.agent[each.key].id]
  admin_username                  = var.user
  disable_password_authentication = true
  custom_data                     = base64encode(local.first_boot.agent)
  priority                        = var.spot_agents ? "Spot" : "Regular"
  eviction_policy                 = var.spot_agents ? var.spot_eviction : null
  max_bid_price                   = var.spot_agents ? var.spot_max_price : null
  tags                            = merge(local.tags, { role = "agent" })

  dynamic "identity" {
    for_each = var.unattended ? ["agent"] : []
    content {
      type         = "UserAssigned"
      identity_ids = [azurerm_user_assigned_identity.machine[identity.value].id]
    }
  }

  admin_ssh_key {
    username   = var.user
    public_key = trimspace(var.ssh_public_key)
  }

  os_disk {
    caching              = "ReadWrite"
    storage_account_type = "StandardSSD_LRS"
    disk_size_gb         = var.os_disk_gb
  }

  source_image_reference {
    publisher = "Debian"
    offer     = "debian-12"
    sku       = "12-gen2"
    version   = "latest"
  }

  lifecycle {
    ignore_changes = [custom_data] # else a newer first boot would make all machines anew
  }

  # the first boot fetches packages
  depends_on = [
    azurerm_nat_gateway_public_ip_association.way_out,
    azurerm_subnet_nat_gateway_association.way_out,
    azurerm_subnet_network_security_group_association.nodes,
  ]
}
