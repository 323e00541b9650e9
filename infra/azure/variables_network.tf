# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# How they reach each other, and who reaches them.
variable "network" {
  description = "Addresses of the machines, as a network."
  type        = string
  nullable    = false
  default     = "10.20.0.0/24"
  validation {
    condition = (can(cidrhost(var.network, 0)) && can(regex("^10\\.|^172\\.(1[6-9]|2[0-9]|3[01])\\.|^192\\.168\\.", var.network))
    && can(regex("/(1[6-9]|2[0-7])$", var.network)) && try(cidrhost(var.network, 0) == split("/", var.network)[0], false))
    error_message = "network is no private network of a fitting size; expected one from /16 to /27 that begins with its first address, e.g. \"10.20.0.0/24\"; change it."
  }
  validation {
    condition     = !can(regex("^10\\.4[23]\\.", var.network))
    error_message = "network has the addresses of pods and services, which K3s takes from 10.42.0.0/16 and 10.43.0.0/16; expected another one; take e.g. \"10.20.0.0/24\"."
  }
}

variable "ssh_cidrs" {
  description = "Networks from which ssh to the first server is let in; yours."
  type        = list(string)
  nullable    = false
  validation {
    condition     = length(var.ssh_cidrs) > 0 && alltrue([for cidr in var.ssh_cidrs : can(cidrhost(cidr, 0)) && can(regex("^[0-9.]+/([89]|[12][0-9]|3[0-2])$", cidr))])
    error_message = "ssh_cidrs has no network, or one that is wrong or half the internet; expected networks of yours from /8 to /32; write e.g. [\"203.0.113.7/32\"] for one address."
  }
}

variable "ingress_cidrs" {
  description = "Networks from which ports 80 and 443 of the first server are let in, for an Ingress of yours."
  type        = list(string)
  nullable    = false
  default     = []
  validation {
    condition     = alltrue([for cidr in var.ingress_cidrs : can(cidrhost(cidr, 0)) && can(regex("^[0-9.]+/([0-9]|[12][0-9]|3[0-2])$", cidr))])
    error_message = "ingress_cidrs has a word that is no network; expected networks of IPv4; write e.g. [\"203.0.113.0/24\"], or leave it out."
  }
}

variable "mpi_without_pods" {
  description = "Whether machines reach each other on all TCP ports from 1024, which mpirun needs when it is not in pods."
  type        = bool
  default     = false
  validation {
    condition     = var.mpi_without_pods != null
    error_message = "mpi_without_pods is null; expected true or false; leave it out for false."
  }
}

variable "accelerated_networking" {
  description = "Whether the network card is the machine's own, which makes messages quick."
  type        = bool
  nullable    = false
  default     = true
  validation {
    condition     = !var.accelerated_networking || !anytrue([for size in [var.server_size, var.agent_size] : can(regex("^Standard_B[^_]*$", size))])
    error_message = "accelerated_networking is not possible with sizes of the first B series; expected other sizes, or none of it; write accelerated_networking = false or another size."
  }
}
