# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# What each variable refuses, and that it takes what it should. A test without the provider runs this file, too, with the files of the
# variables alone.
mock_provider "azurerm" {}

variables {
  ssh_cidrs      = ["203.0.113.7/32"]
  ssh_public_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILE67MQbEO3rr1uGQdVNOI/E+35gMMX8VB7l5jERsK/G you@laptop"
}

run "takes_least" {
  command = plan
  variables {
    network      = "10.20.0.0/27"
    agent_count  = 21
    os_disk_gb   = 30
    data_disk_gb = 4
    share_gb     = 101
    name         = "l"
  }
}

run "takes_most" {
  command = plan
  variables {
    network                   = "192.168.0.0/16"
    agent_count               = 9
    name                      = "a-name-of-20-letters"
    server_count              = 3
    storage                   = "azure-files"
    storage_account           = "abc"
    zones                     = ["1", "2", "3"]
    proximity_placement_group = false
    ingress_cidrs             = ["0.0.0.0/0"]
    spot_max_price            = 0.01
    ssh_cidrs                 = ["10.0.0.0/8"]
  }
}

run "takes_small_machines" {
  command = plan
  variables {
    server_size            = "Standard_B2ms"
    agent_size             = "Standard_B4as_v2"
    accelerated_networking = false
  }
}

run "takes_constrained_cores" {
  command = plan
  variables {
    agent_size = "Standard_E16-8s_v5"
  }
}

run "takes_machines_for_computing" {
  command = plan
  variables {
    agent_size = "Standard_HB120rs_v3"
  }
}

run "refuses_name_with_capitals" {
  command = plan
  variables {
    name = "Lapilli"
  }
  expect_failures = [var.name]
}

run "refuses_long_name" {
  command = plan
  variables {
    name = "a-name-of-21-letters-"
  }
  expect_failures = [var.name]
}

run "refuses_location_with_blank" {
  command = plan
  variables {
    location = "West Europe"
  }
  expect_failures = [var.location]
}

run "refuses_tag_of_our_own" {
  command = plan
  variables {
    tags = { cluster = "x" }
  }
  expect_failures = [var.tags]
}

run "refuses_tag_with_percent" {
  command = plan
  variables {
    tags = { "50%" = "x" }
  }
  expect_failures = [var.tags]
}

run "refuses_root" {
  command = plan
  variables {
    user = "root"
  }
  expect_failures = [var.user]
}

run "refuses_user_with_blank" {
  command = plan
  variables {
    user = "a b"
  }
  expect_failures = [var.user]
}

run "refuses_private_key" {
  command = plan
  variables {
    ssh_public_key = "-----BEGIN OPENSSH PRIVATE KEY-----"
  }
  expect_failures = [var.ssh_public_key]
}

run "refuses_key_with_an_ellipsis" {
  command = plan
  variables {
    ssh_public_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA... you@laptop"
  }
  expect_failures = [var.ssh_public_key]
}

run "refuses_key_of_a_kind_unknown_to_azure" {
  command = plan
  variables {
    ssh_public_key = "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTY="
  }
  expect_failures = [var.ssh_public_key]
}

run "refuses_two_servers" {
  command = plan
  variables {
    server_count = 2
  }
  expect_failures = [var.server_count]
}

run "refuses_server_of_arm" {
  command = plan
  variables {
    server_size = "Standard_D4ps_v5"
  }
  expect_failures = [var.server_size]
}

run "refuses_server_without_family" {
  command = plan
  variables {
    server_size = "D2as_v5"
  }
  expect_failures = [var.server_size]
}

run "refuses_one_agent" {
  command = plan
  variables {
    agent_count = 1
  }
  expect_failures = [var.agent_count]
}

run "refuses_half_an_agent" {
  command = plan
  variables {
    agent_count = 2.5
  }
  expect_failures = [var.agent_count]
}

run "refuses_more_agents_than_addresses" {
  command = plan
  variables {
    agent_count = 22
    network     = "10.20.0.0/27"
  }
  expect_failures = [var.agent_count]
}

run "refuses_agent_of_arm" {
  command = plan
  variables {
    agent_size = "Standard_E8pds_v5"
  }
  expect_failures = [var.agent_size]
}

run "refuses_agent_of_old_names" {
  command = plan
  variables {
    agent_size = "Standard_D13_v2"
  }
  expect_failures = [var.agent_size]
}

run "refuses_zone_four" {
  command = plan
  variables {
    zones = ["4"]
  }
  expect_failures = [var.zones]
}

run "refuses_zone_twice" {
  command = plan
  variables {
    zones = ["1", "1"]
  }
  expect_failures = [var.zones]
}

run "refuses_group_over_zones" {
  command = plan
  variables {
    zones = ["1", "2"]
  }
  expect_failures = [var.proximity_placement_group]
}

run "refuses_spot_of_small_machines" {
  command = plan
  variables {
    spot_agents = true
    agent_size  = "Standard_B4as_v2"
  }
  expect_failures = [var.spot_agents]
}

run "refuses_eviction" {
  command = plan
  variables {
    spot_eviction = "Stop"
  }
  expect_failures = [var.spot_eviction]
}

run "refuses_price_zero" {
  command = plan
  variables {
    spot_max_price = 0
  }
  expect_failures = [var.spot_max_price]
}

run "refuses_runtime" {
  command = plan
  variables {
    container_runtime = "podman"
  }
  expect_failures = [var.container_runtime]
}
