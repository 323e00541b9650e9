# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
terraform {
  required_version = ">= 1.9" # validations that compare variables
  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "~> 5.2"
    }
  }
}

# Who asks, and for which subscription: az login, or the ARM_* variables. Nothing of that is written here.
provider "azurerm" {
  resource_providers_to_register = concat(["Microsoft.Compute", "Microsoft.Network", "Microsoft.Storage"],
  var.unattended ? ["Microsoft.ManagedIdentity"] : [])
  storage_use_azuread = true

  features {
    storage {
      data_plane_available = false # the share is made by the resource manager; the account itself answers to the subnet only
    }
  }
}
