# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# For machines that join their cluster by themselves.
variable "unattended" {
  description = "Whether machines make the cluster by themselves at their first boot, with tokens from a Key Vault."
  type        = bool
  default     = false
  validation {
    condition     = var.unattended != null
    error_message = "unattended is null; expected true or false; leave it out for false."
  }
}

variable "key_vault_id" {
  description = "The Key Vault with the tokens, where machines join by themselves."
  type        = string
  nullable    = false
  default     = ""
  validation {
    condition = (var.unattended != true
    || can(regex("^/subscriptions/[0-9a-f-]{36}/resourceGroups/[^/]+/providers/Microsoft\\.KeyVault/vaults/[A-Za-z][A-Za-z0-9-]{1,22}[A-Za-z0-9]$", var.key_vault_id)))
    error_message = "key_vault_id is not the id of a Key Vault; expected /subscriptions/.../providers/Microsoft.KeyVault/vaults/NAME; write what 'az keyvault show --name NAME --query id --output tsv' prints."
  }
}

variable "package_url" {
  description = "Where machines that join by themselves fetch the package of Lapilli, whose scripts they run."
  type        = string
  nullable    = false
  default     = ""
  validation {
    condition     = var.unattended != true || can(regex("^https://[A-Za-z0-9.-]+(:[0-9]+)?/[A-Za-z0-9./_~%+-]+\\.deb$", var.package_url))
    error_message = "package_url is no address of a package that everybody may read; expected https://HOST/....deb without a user or a signature in it; give that of a release."
  }
}

variable "package_sha256" {
  description = "The digest of that package; another one is not run."
  type        = string
  nullable    = false
  default     = ""
  validation {
    condition     = var.unattended != true || can(regex("^[0-9a-f]{64}$", var.package_sha256))
    error_message = "package_sha256 is no digest; expected 64 of 0-9 and a-f; write what SHA256SUMS of the release says, or sha256sum prints."
  }
}

variable "registry" {
  description = "Where nodes look for the image of Lapilli first; none: it is brought by import_image.sh."
  type        = string
  nullable    = false
  default     = ""
  validation {
    condition     = var.registry == "" || can(regex("^https?://[A-Za-z0-9.-]+(:[0-9]+)?$", var.registry))
    error_message = "registry is no address of a registry; expected https://HOST or http://HOST:PORT; write e.g. \"https://registry.example\"."
  }
  validation {
    condition     = var.registry == "" || var.container_runtime == "containerd"
    error_message = "registry is for container_runtime = \"containerd\"; expected none, since Docker has settings of its own for it; leave it out."
  }
}
