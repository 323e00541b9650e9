# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
resource "azurerm_virtual_network" "main" {
  name                = var.name
  resource_group_name = azurerm_resource_group.main.name
  location            = azurerm_resource_group.main.location
  address_space       = [var.network]
  tags                = local.tags
}

resource "azurerm_subnet" "nodes" {
  name                            = "nodes"
  resource_group_name             = azurerm_resource_group.main.name
  virtual_network_name            = azurerm_virtual_network.main.name
  address_prefixes                = [var.network]
  default_outbound_access_enabled = false # the gateway below is the only way out

  dynamic "service_endpoint" {
    for_each = var.storage == "azure-files" ? ["Microsoft.Storage"] : []
    content {
      service = service_endpoint.value
    }
  }
}

# By which the first server is reached, and through it all others.
resource "azurerm_public_ip" "server" {
  name                = "${var.name}-server"
  resource_group_name = azurerm_resource_group.main.name
  location            = azurerm_resource_group.main.location
  allocation_method   = "Static"
  tags                = local.tags
}

# By which machines fetch packages, K3s and images. Nobody gets in that way.
resource "azurerm_public_ip" "way_out" {
  name                = "${var.name}-way-out"
  resource_group_name = azurerm_resource_group.main.name
  location            = azurerm_resource_group.main.location
  allocation_method   = "Static"
  tags                = local.tags
}

resource "azurerm_nat_gateway" "way_out" {
  name                = var.name
  resource_group_name = azurerm_resource_group.main.name
  location            = azurerm_resource_group.main.location
  tags                = local.tags
}

resource "azurerm_nat_gateway_public_ip_association" "way_out" {
  nat_gateway_id       = azurerm_nat_gateway.way_out.id
  public_ip_address_id = azurerm_public_ip.way_out.id
}

resource "azurerm_subnet_nat_gateway_association" "way_out" {
  subnet_id      = azurerm_subnet.nodes.id
  nat_gateway_id = azurerm_nat_gateway.way_out.id
}
