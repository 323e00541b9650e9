# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Where data lie.
variable "os_disk_gb" {
  description = "Size of the system disk of each machine [GB]."
  type        = number
  nullable    = false
  default     = 30
  validation {
    condition     = var.os_disk_gb >= 30 && var.os_disk_gb <= 4095 && floor(var.os_disk_gb) == var.os_disk_gb
    error_message = "os_disk_gb is no size of a system disk; expected a whole number from 30, as in the image of Debian, to 4095; write e.g. 64."
  }
}

variable "storage" {
  description = "Where the folder is that all pods share: server (/srv/lapilli of the first server, by NFS) or azure-files (a premium share)."
  type        = string
  nullable    = false
  default     = "server"
  validation {
    condition     = contains(["server", "azure-files"], var.storage)
    error_message = "storage is not known; expected \"server\" or \"azure-files\"; write one of them."
  }
}

variable "data_disk_gb" {
  description = "Size of a disk of its own for /srv/lapilli of the first server [GB]; 0: it lies on the system disk."
  type        = number
  nullable    = false
  default     = 0
  validation {
    condition     = var.data_disk_gb == 0 || (var.data_disk_gb >= 4 && var.data_disk_gb <= 32767 && floor(var.data_disk_gb) == var.data_disk_gb)
    error_message = "data_disk_gb is no size of a disk; expected 0 for none, or a whole number from 4 to 32767; write e.g. 256."
  }
  validation {
    condition     = var.data_disk_gb == 0 || var.storage == "server"
    error_message = "data_disk_gb is for storage = \"server\", and the folder is elsewhere; expected 0; leave it out, or set share_gb instead."
  }
}

variable "storage_account" {
  description = "Name of the storage account of storage = \"azure-files\"; no other one in the world may have it."
  type        = string
  nullable    = false
  default     = ""
  validation {
    condition     = var.storage != "azure-files" || can(regex("^[a-z0-9]{3,24}$", var.storage_account))
    error_message = "storage_account is no name for a storage account; expected 3 to 24 of a-z and 0-9 that nobody else in the world has; write e.g. \"lapilliyourname\"."
  }
}

variable "share_gb" {
  description = "Size of the share of storage = \"azure-files\" [GB]; its speed grows with it."
  type        = number
  nullable    = false
  default     = 256
  validation {
    condition     = var.share_gb > 100 && var.share_gb <= 102400 && floor(var.share_gb) == var.share_gb
    error_message = "share_gb is no size of a premium share; expected a whole number from 101 to 102400; write e.g. 256."
  }
}
