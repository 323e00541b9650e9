# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# What may come in. Azure would let the whole virtual network in, so the last rule closes what no other one opens.
locals {
  inside = [var.network]
  rules = {
    ssh      = { priority = 100, protocol = "Tcp", ports = ["22"], sources = concat(var.ssh_cidrs, local.inside) }
    api      = { priority = 110, protocol = "Tcp", ports = ["6443"], sources = local.inside }
    database = { priority = 120, protocol = "Tcp", ports = ["2379-2380"], sources = local.among_servers, targets = local.among_servers }
    kubelet  = { priority = 130, protocol = "Tcp", ports = ["10250"], sources = local.inside }
    flannel  = { priority = 140, protocol = "Udp", ports = ["8472"], sources = local.inside }
    nfs      = { priority = 150, protocol = "Tcp", ports = ["2049"], sources = local.inside }
    ping     = { priority = 160, protocol = "Icmp", ports = ["*"], sources = local.inside }
    mpi      = { priority = 170, protocol = "Tcp", ports = ["1024-65535"], sources = var.mpi_without_pods ? local.inside : [] }
    ingress  = { priority = 180, protocol = "Tcp", ports = ["80", "443"], sources = var.ingress_cidrs }
  }
  among_servers = var.server_count > 1 ? [for server in local.servers : "${server.address}/32"] : []
}

resource "azurerm_network_security_group" "nodes" {
  name                = var.name
  resource_group_name = azurerm_resource_group.main.name
  location            = azurerm_resource_group.main.location
  tags                = local.tags
}

resource "azurerm_network_security_rule" "open" {
  for_each                     = { for name, rule in local.rules : name => rule if length(rule.sources) > 0 }
  name                         = each.key
  resource_group_name          = azurerm_resource_group.main.name
  network_security_group_name  = azurerm_network_security_group.nodes.name
  direction                    = "Inbound"
  access                       = "Allow"
  priority                     = each.value.priority
  protocol                     = each.value.protocol
  source_port_range            = "*"
  source_address_prefixes      = each.value.sources
  destination_address_prefixes = try(each.value.targets, local.inside)
  destination_port_range       = each.value.ports == ["*"] ? "*" : null # Azure takes no star in a list
  destination_port_ranges      = each.value.ports == ["*"] ? null : each.value.ports
}

resource "azurerm_network_security_rule" "close" {
  name                        = "close"
  resource_group_name         = azurerm_resource_group.main.name
  network_security_group_name = azurerm_network_security_group.nodes.name
  direction                   = "Inbound"
  access                      = "Deny"
  priority                    = 4096
  protocol                    = "*"
  source_port_range           = "*"
  source_address_prefix       = "*"
  destination_address_prefix  = "*"
  destination_port_range      = "*"
}

resource "azurerm_subnet_network_security_group_association" "nodes" {
  subnet_id                 = azurerm_subnet.nodes.id
  network_security_group_id = azurerm_network_security_group.nodes.id
}
