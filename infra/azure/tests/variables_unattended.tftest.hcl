# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# What the variables of machines that join by themselves refuse; as in variables.tftest.hcl.
mock_provider "azurerm" {}

variables {
  ssh_cidrs      = ["203.0.113.7/32"]
  ssh_public_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILE67MQbEO3rr1uGQdVNOI/E+35gMMX8VB7l5jERsK/G you@laptop"
  unattended     = true
  key_vault_id   = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/lapilli-keys/providers/Microsoft.KeyVault/vaults/lapilli-example"
  package_url    = "https://example.org/releases/v0.1.0/lapilli_0.1.0-1.debian12_amd64.deb"
  package_sha256 = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
}

run "takes_a_vault_and_a_package" {
  command = plan
  variables {
    registry = "http://10.0.0.9:5000"
  }
}

run "takes_none_of_it_when_attended" {
  command = plan
  variables {
    unattended     = false
    key_vault_id   = ""
    package_url    = ""
    package_sha256 = ""
  }
}

run "refuses_neither_attended_nor_not" {
  command = plan
  variables {
    unattended = null
  }
  expect_failures = [var.unattended]
}

run "refuses_no_vault" {
  command = plan
  variables {
    key_vault_id = ""
  }
  expect_failures = [var.key_vault_id]
}

run "refuses_the_name_of_a_vault" {
  command = plan
  variables {
    key_vault_id = "lapilli-example"
  }
  expect_failures = [var.key_vault_id]
}

run "refuses_a_part_of_a_vault" {
  command = plan
  variables {
    key_vault_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/keys/providers/Microsoft.KeyVault/vaults/lapilli/secrets/x"
  }
  expect_failures = [var.key_vault_id]
}

run "refuses_no_package" {
  command = plan
  variables {
    package_url = ""
  }
  expect_failures = [var.package_url]
}

run "refuses_a_package_without_https" {
  command = plan
  variables {
    package_url = "http://example.org/lapilli.deb"
  }
  expect_failures = [var.package_url]
}

run "refuses_a_package_with_a_password" {
  command = plan
  variables {
    package_url = "https://me:word@example.org/lapilli.deb"
  }
  expect_failures = [var.package_url]
}

run "refuses_a_package_with_a_signature" {
  command = plan
  variables {
    package_url = "https://example.org/lapilli.deb?sig=x.deb"
  }
  expect_failures = [var.package_url]
}

run "refuses_no_digest" {
  command = plan
  variables {
    package_sha256 = ""
  }
  expect_failures = [var.package_sha256]
}

run "refuses_a_short_digest" {
  command = plan
  variables {
    package_sha256 = "0123"
  }
  expect_failures = [var.package_sha256]
}

run "refuses_a_registry_with_a_path" {
  command = plan
  variables {
    registry = "https://registry.example/lapilli"
  }
  expect_failures = [var.registry]
}

run "refuses_a_registry_with_docker" {
  command = plan
  variables {
    registry          = "https://registry.example"
    container_runtime = "docker"
  }
  expect_failures = [var.registry]
}
