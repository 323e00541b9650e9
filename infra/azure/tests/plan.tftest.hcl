# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# What would be made, with the provider's own schema and no account: terraform test
mock_provider "azurerm" {
  override_resource {
    target          = azurerm_public_ip.server
    override_during = plan
    values = {
      id         = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/lapilli/providers/Microsoft.Network/publicIPAddresses/lapilli-server"
      ip_address = "203.0.113.4"
    }
  }
}

variables {
  ssh_cidrs      = ["203.0.113.7/32"]
  ssh_public_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILE67MQbEO3rr1uGQdVNOI/E+35gMMX8VB7l5jERsK/G you@laptop"
}

run "one_server_and_two_agents" {
  command = plan
  assert {
    condition     = keys(azurerm_linux_virtual_machine.server) == ["lapilli-server-0"]
    error_message = "There is not one server."
  }
  assert {
    condition     = keys(azurerm_linux_virtual_machine.agent) == ["lapilli-agent-0", "lapilli-agent-1"]
    error_message = "There are not two agents."
  }
  assert {
    condition     = alltrue([for name, machine in merge(azurerm_linux_virtual_machine.server, azurerm_linux_virtual_machine.agent) : machine.computer_name == name])
    error_message = "A machine is called differently from its node."
  }
  assert {
    condition     = alltrue([for machine in azurerm_linux_virtual_machine.agent : machine.priority == "Regular"])
    error_message = "Agents are spot machines without being asked for."
  }
  assert {
    condition     = alltrue([for machine in merge(azurerm_linux_virtual_machine.server, azurerm_linux_virtual_machine.agent) : machine.disable_password_authentication && machine.admin_password == null])
    error_message = "A machine lets passwords in."
  }
  assert {
    condition     = alltrue([for machine in merge(azurerm_linux_virtual_machine.server, azurerm_linux_virtual_machine.agent) : machine.source_image_reference[0].offer == "debian-12"])
    error_message = "A machine is not of Debian 12."
  }
  assert {
    condition     = alltrue([for card in merge(azurerm_network_interface.server, azurerm_network_interface.agent) : card.accelerated_networking_enabled])
    error_message = "A network card is not the machine's own."
  }
  assert {
    condition     = length(azurerm_managed_disk.work) == 0 && length(azurerm_storage_account.work) == 0 && length(azurerm_proximity_placement_group.main) == 1
    error_message = "Storage or placement are not the default ones."
  }
}

run "no_door_to_the_world" {
  command = plan
  assert {
    condition     = alltrue([for rule in azurerm_network_security_rule.open : rule.source_address_prefix == null && alltrue([for source in rule.source_address_prefixes : contains(["203.0.113.7/32", "10.20.0.0/24"], source)])])
    error_message = "A port is open to others than ssh_cidrs and the machines."
  }
  assert {
    condition     = [for name, rule in azurerm_network_security_rule.open : name if contains(rule.source_address_prefixes, "203.0.113.7/32")] == ["ssh"]
    error_message = "More than ssh is open from outside."
  }
  assert {
    condition     = azurerm_network_security_rule.open["ssh"].destination_port_ranges == toset(["22"])
    error_message = "The rule for ssh opens another port."
  }
  assert {
    condition     = keys(azurerm_network_security_rule.open) == ["api", "flannel", "kubelet", "nfs", "ping", "ssh"]
    error_message = "Other rules than those that are needed."
  }
  assert {
    condition     = azurerm_network_security_rule.close.access == "Deny" && azurerm_network_security_rule.close.priority == 4096 && azurerm_network_security_rule.close.source_address_prefix == "*"
    error_message = "What is not opened is not closed."
  }
  assert {
    condition     = alltrue([for card in azurerm_network_interface.agent : card.ip_configuration[0].public_ip_address_id == null])
    error_message = "An agent has a public address."
  }
  assert {
    condition     = azurerm_public_ip.server.allocation_method == "Static" && !azurerm_subnet.nodes.default_outbound_access_enabled
    error_message = "The address of the server may change, or machines get out by another way than the gateway."
  }
}

run "ingress_where_it_is_wanted" {
  command = plan
  variables {
    ingress_cidrs    = ["198.51.100.0/24"]
    mpi_without_pods = true
  }
  assert {
    condition     = azurerm_network_security_rule.open["ingress"].source_address_prefixes == toset(["198.51.100.0/24"]) && azurerm_network_security_rule.open["ingress"].destination_port_ranges == toset(["80", "443"])
    error_message = "The Ingress is open to others, or not at all."
  }
  assert {
    condition     = azurerm_network_security_rule.open["mpi"].source_address_prefixes == toset(["10.20.0.0/24"])
    error_message = "mpirun's ports are open to others, or not at all."
  }
}

run "three_servers" {
  command = plan
  variables {
    name                      = "rocks"
    server_count              = 3
    agent_count               = 4
    zones                     = ["1", "2", "3"]
    proximity_placement_group = false
    storage                   = "azure-files"
    storage_account           = "rocksexample"
    container_runtime         = "docker"
    tags                      = { owner = "geology" }
  }
  assert {
    condition     = [for machine in azurerm_linux_virtual_machine.server : machine.zone] == ["1", "2", "3"] && length(azurerm_linux_virtual_machine.agent) == 4
    error_message = "Machines are not spread over the zones."
  }
  assert {
    condition     = [for name, card in azurerm_network_interface.server : name if card.ip_configuration[0].public_ip_address_id != null] == ["rocks-server-0"]
    error_message = "Not the first server alone has a public address."
  }
  assert {
    condition     = azurerm_network_security_rule.open["database"].source_address_prefixes == toset(["10.20.0.4/32", "10.20.0.5/32", "10.20.0.6/32"])
    error_message = "The database is open to others than servers."
  }
  assert {
    condition     = azurerm_storage_share.work[0].enabled_protocol == "NFS" && azurerm_storage_account.work[0].network_rules[0].default_action == "Deny" && !azurerm_storage_account.work[0].shared_access_key_enabled
    error_message = "The share is open to others than the machines."
  }
  assert {
    condition     = alltrue([for made in concat([azurerm_resource_group.main, azurerm_virtual_network.main, azurerm_storage_account.work[0]], values(azurerm_linux_virtual_machine.agent)) : made.tags.owner == "geology" && made.tags.cluster == "rocks"])
    error_message = "Tags are missing."
  }
  assert {
    condition     = output.inventory == <<-END
      server rocks-server-0 user=lapilli ip=10.20.0.4
      server rocks-server-1 user=lapilli ip=10.20.0.5
      server rocks-server-2 user=lapilli ip=10.20.0.6
      agent rocks-agent-0 user=lapilli ip=10.20.0.10
      agent rocks-agent-1 user=lapilli ip=10.20.0.11
      agent rocks-agent-2 user=lapilli ip=10.20.0.12
      agent rocks-agent-3 user=lapilli ip=10.20.0.13
      option storage=nfs://rocksexample.file.core.windows.net/rocksexample/lapilli
      option docker
    END
    error_message = "The inventory is not what scripts/install_k3s.sh reads."
  }
  assert {
    condition     = strcontains(output.ssh_config, "HostName 203.0.113.4") && strcontains(output.ssh_config, "ProxyJump rocks-server-0")
    error_message = "ssh does not go through the first server."
  }
}

run "three_servers_with_a_folder_on_one" {
  command = plan
  variables {
    server_count = 3
  }
  expect_failures = [check.data_outlive_a_server]
}

run "spot_agents" {
  command = plan
  variables {
    spot_agents    = true
    spot_eviction  = "Delete"
    spot_max_price = 0.25
  }
  assert {
    condition     = alltrue([for machine in azurerm_linux_virtual_machine.agent : machine.priority == "Spot" && machine.eviction_policy == "Delete" && machine.max_bid_price == 0.25])
    error_message = "Agents are no spot machines."
  }
  assert {
    condition     = alltrue([for machine in azurerm_linux_virtual_machine.server : machine.priority != "Spot"])
    error_message = "A server may be taken away."
  }
}

run "data_disk" {
  command = plan
  variables {
    data_disk_gb = 256
  }
  assert {
    condition     = azurerm_managed_disk.work[0].disk_size_gb == 256 && azurerm_virtual_machine_data_disk_attachment.work[0].lun == 0
    error_message = "There is no data disk where cloud-init looks for it."
  }
  assert {
    condition     = strcontains(base64decode(azurerm_linux_virtual_machine.server["lapilli-server-0"].custom_data), "/usr/local/sbin/mount_disk")
    error_message = "The first server does not mount the data disk."
  }
}

run "no_secret_is_handed_over" {
  command = plan
  variables {
    storage         = "azure-files"
    storage_account = "lapilliexample"
  }
  assert {
    condition = alltrue([for machine in merge(azurerm_linux_virtual_machine.server, azurerm_linux_virtual_machine.agent) :
    !can(regex("(?i)token|password|secret|private key", base64decode(machine.custom_data))) && length(machine.identity) == 0])
    error_message = "A machine is told a secret, or who could ask for one."
  }
}
