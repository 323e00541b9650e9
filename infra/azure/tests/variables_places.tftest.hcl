# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# What the variables of network and storage refuse; as in variables.tftest.hcl.
mock_provider "azurerm" {}

variables {
  ssh_cidrs      = ["203.0.113.7/32"]
  ssh_public_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILE67MQbEO3rr1uGQdVNOI/E+35gMMX8VB7l5jERsK/G you@laptop"
}

run "refuses_public_network" {
  command = plan
  variables {
    network = "8.8.8.0/24"
  }
  expect_failures = [var.network]
}

run "refuses_large_network" {
  command = plan
  variables {
    network = "10.0.0.0/8"
  }
  expect_failures = [var.network]
}

run "refuses_network_of_pods" {
  command = plan
  variables {
    network = "10.42.0.0/24"
  }
  expect_failures = [var.network]
}

run "refuses_network_of_services" {
  command = plan
  variables {
    network = "10.43.8.0/24"
  }
  expect_failures = [var.network]
}

run "refuses_network_from_its_middle" {
  command = plan
  variables {
    network = "10.20.0.7/24"
  }
  expect_failures = [var.network]
}

run "refuses_ssh_from_nowhere" {
  command = plan
  variables {
    ssh_cidrs = []
  }
  expect_failures = [var.ssh_cidrs]
}

run "refuses_ssh_from_everywhere" {
  command = plan
  variables {
    ssh_cidrs = ["203.0.113.7/32", "0.0.0.0/0"]
  }
  expect_failures = [var.ssh_cidrs]
}

run "refuses_ssh_from_a_word" {
  command = plan
  variables {
    ssh_cidrs = ["Internet"]
  }
  expect_failures = [var.ssh_cidrs]
}

run "refuses_ingress_from_a_word" {
  command = plan
  variables {
    ingress_cidrs = ["*"]
  }
  expect_failures = [var.ingress_cidrs]
}

run "refuses_mpi_null" {
  command = plan
  variables {
    mpi_without_pods = null
  }
  expect_failures = [var.mpi_without_pods]
}

run "refuses_network_card_of_small_machines" {
  command = plan
  variables {
    server_size = "Standard_B2ms"
  }
  expect_failures = [var.accelerated_networking]
}

run "refuses_small_system_disk" {
  command = plan
  variables {
    os_disk_gb = 10
  }
  expect_failures = [var.os_disk_gb]
}

run "refuses_storage" {
  command = plan
  variables {
    storage = "smb"
  }
  expect_failures = [var.storage]
}

run "refuses_tiny_data_disk" {
  command = plan
  variables {
    data_disk_gb = 1
  }
  expect_failures = [var.data_disk_gb]
}

run "refuses_two_storages" {
  command = plan
  variables {
    data_disk_gb    = 64
    storage         = "azure-files"
    storage_account = "lapilliexample"
  }
  expect_failures = [var.data_disk_gb]
}

run "refuses_account_without_name" {
  command = plan
  variables {
    storage = "azure-files"
  }
  expect_failures = [var.storage_account]
}

run "refuses_account_with_hyphen" {
  command = plan
  variables {
    storage         = "azure-files"
    storage_account = "lapilli-example"
  }
  expect_failures = [var.storage_account]
}

run "refuses_tiny_share" {
  command = plan
  variables {
    share_gb = 100
  }
  expect_failures = [var.share_gb]
}
