# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# The machines: their names, addresses and zones. Azure keeps the first four addresses of a subnet and the last one.
locals {
  servers = { for i in range(var.server_count) : "${var.name}-server-${i}" => {
    address = cidrhost(var.network, 4 + i)
    zone    = length(var.zones) == 0 ? null : var.zones[i % length(var.zones)]
  } }
  agents = { for i in range(var.agent_count) : "${var.name}-agent-${i}" => {
    address = cidrhost(var.network, 10 + i)
    zone    = length(var.zones) == 0 ? null : var.zones[i % length(var.zones)]
  } }
  first = "${var.name}-server-0"

  # Standard_E8as_v5 and Standard_E16-8s_v5 have 8
  agent_slots = tonumber(regex("^Standard_[A-Z]+(?:[0-9]+-)?([0-9]+)", var.agent_size)[0])

  share_server = "${var.storage_account}.file.core.windows.net"
  share_path   = "/${var.storage_account}/lapilli"

  options = concat(
    var.storage == "azure-files" ? ["option storage=nfs://${local.share_server}${local.share_path}"] : [],
    var.container_runtime == "docker" ? ["option docker"] : [],
    var.registry != "" ? ["option registry=${var.registry}"] : [],
  )
  inventory = join("\n", concat(
    [for name in sort(keys(local.servers)) : "server ${name} user=${var.user} ip=${local.servers[name].address}"],
    [for i in range(var.agent_count) : "agent ${var.name}-agent-${i} user=${var.user} ip=${local.agents["${var.name}-agent-${i}"].address}"],
    local.options, [""],
  ))
  hostfile = join("\n", concat([for i in range(var.agent_count) : "${var.name}-agent-${i} slots=${local.agent_slots}"], [""]))
}
