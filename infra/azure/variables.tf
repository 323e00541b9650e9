# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# What kind of machines, and how many.
variable "name" {
  description = "Of the resource group; names of machines begin with it."
  type        = string
  nullable    = false
  default     = "lapilli"
  validation {
    condition     = can(regex("^[a-z]([a-z0-9-]{0,18}[a-z0-9])?$", var.name))
    error_message = "name is not possible for machines; expected at most 20 of a-z, 0-9 and '-', a letter first; shorten or change it, e.g. \"lapilli\"."
  }
}

variable "location" {
  description = "Region of Azure."
  type        = string
  nullable    = false
  default     = "westeurope"
  validation {
    condition     = can(regex("^[a-z][a-z0-9]+$", var.location))
    error_message = "location is not a name of a region; expected one word of a-z and 0-9, e.g. \"westeurope\"; 'az account list-locations -o table' lists them."
  }
}

variable "tags" {
  description = "Further tags of all that is made."
  type        = map(string)
  nullable    = false
  default     = {}
  validation {
    condition     = alltrue([for key in keys(var.tags) : !contains(["application", "cluster", "role"], key) && can(regex("^[^<>%&\\\\?/]{1,512}$", key))])
    error_message = "tags have a key that is not possible; expected keys without <>%&\\?/ that are not application, cluster or role; name it differently."
  }
}

variable "user" {
  description = "Who logs in by ssh, and may become root by sudo."
  type        = string
  nullable    = false
  default     = "lapilli"
  validation {
    condition     = can(regex("^[a-z_][a-z0-9_-]{0,31}$", var.user)) && !contains(["root", "admin", "administrator", "guest", "test", "user"], var.user)
    error_message = "user is not a name that Azure takes; expected at most 32 of a-z, 0-9, '_' and '-', and not root or admin; write e.g. \"lapilli\"."
  }
}

variable "ssh_public_key" {
  description = "The public half of your ssh key, as the line in ~/.ssh/id_ed25519.pub."
  type        = string
  nullable    = false
  validation {
    condition     = can(regex("^ssh-(ed25519|rsa) AAAA[A-Za-z0-9+/]{60,}=*( [^\\n]*)?$", trimspace(var.ssh_public_key)))
    error_message = "ssh_public_key is not one that Azure takes; expected one whole line that begins with ssh-ed25519 or ssh-rsa; give the content of e.g. ~/.ssh/id_ed25519.pub."
  }
}

variable "server_count" {
  description = "Machines that run Kubernetes: 1, or 3 of which one may be lost."
  type        = number
  nullable    = false
  default     = 1
  validation {
    condition     = contains([1, 3], var.server_count)
    error_message = "server_count is neither 1 nor 3; expected 1, or 3 of which one may be lost, since two stop when either is lost; write one of them."
  }
}

variable "server_size" {
  description = "Size of a server."
  type        = string
  nullable    = false
  default     = "Standard_D2as_v5"
  validation {
    condition     = can(regex("^Standard_[A-Z]+[0-9]+(-[0-9]+)?[a-oq-z]*(_[A-Za-z0-9]+)*$", var.server_size))
    error_message = "server_size is not the name of a size for x86-64; expected e.g. \"Standard_D2as_v5\"; 'az vm list-skus --location westeurope --size Standard_D -o table' lists them."
  }
}

variable "agent_count" {
  description = "Machines that compute. Before it is made smaller: scripts/install_k3s.sh remove-node of the last ones."
  type        = number
  nullable    = false
  default     = 2
  validation {
    condition     = var.agent_count >= 2 && floor(var.agent_count) == var.agent_count
    error_message = "agent_count is no whole number from 2 on; expected at least 2, so that jobs go on when one is lost; raise it."
  }
  validation {
    condition     = var.agent_count <= try(pow(2, 32 - tonumber(split("/", var.network)[1])), 256) - 11
    error_message = "agent_count is larger than network has addresses, of which 11 are kept for servers and Azure; expected fewer agents or a larger network; write e.g. network = \"10.20.0.0/20\"."
  }
}

variable "agent_size" {
  description = "Size of an agent; README.md has a table."
  type        = string
  nullable    = false
  default     = "Standard_E8as_v5"
  validation {
    condition     = can(regex("^Standard_[A-Z]+[0-9]+(-[0-9]+)?[a-oq-z]*(_[A-Za-z0-9]+)*$", var.agent_size)) && !can(regex("^Standard_(A|DS?|GS?)[0-9]+m?(_v2)?$", var.agent_size))
    error_message = "agent_size is not the name of a size for x86-64 with its cores in it; expected one of generation 3 or newer; write e.g. \"Standard_E8as_v5\"."
  }
}

variable "zones" {
  description = "Availability zones over which machines are spread; none: wherever Azure has room."
  type        = list(string)
  nullable    = false
  default     = []
  validation {
    condition     = alltrue([for zone in var.zones : contains(["1", "2", "3"], zone)]) && length(distinct(var.zones)) == length(var.zones)
    error_message = "zones has a word twice, or one that is no zone; expected some of \"1\", \"2\" and \"3\", each once; write e.g. [\"1\"]."
  }
}

variable "proximity_placement_group" {
  description = "Whether machines stand close to each other, which makes messages quick and machines of rare sizes hard to get."
  type        = bool
  nullable    = false
  default     = true
  validation {
    condition     = !var.proximity_placement_group || length(var.zones) <= 1
    error_message = "proximity_placement_group is not possible over several zones; expected one zone or none; write proximity_placement_group = false or fewer zones."
  }
}

variable "spot_agents" {
  description = "Whether agents are spot machines: cheaper, and taken away when Azure needs them. Jobs go on from their checkpoints."
  type        = bool
  nullable    = false
  default     = false
  validation {
    condition     = !var.spot_agents || !startswith(var.agent_size, "Standard_B")
    error_message = "spot_agents is not possible with agent_size of the B series, of which Azure has no spot machines; expected another size; write e.g. agent_size = \"Standard_E8as_v5\"."
  }
}

variable "spot_eviction" {
  description = "What becomes of a spot machine that is taken away: Deallocate keeps its disk, Delete keeps nothing."
  type        = string
  nullable    = false
  default     = "Deallocate"
  validation {
    condition     = contains(["Deallocate", "Delete"], var.spot_eviction)
    error_message = "spot_eviction is not known to Azure; expected \"Deallocate\" or \"Delete\"; write one of them."
  }
}

variable "spot_max_price" {
  description = "Most that a spot machine may cost [US dollars an hour]; -1: never taken away because of its price."
  type        = number
  nullable    = false
  default     = -1
  validation {
    condition     = var.spot_max_price == -1 || var.spot_max_price > 0
    error_message = "spot_max_price is no price; expected US dollars an hour, or -1 for as much as a machine that is no spot machine; write e.g. 0.25."
  }
}

variable "container_runtime" {
  description = "What runs containers: containerd (of K3s itself) or docker (of Debian)."
  type        = string
  nullable    = false
  default     = "containerd"
  validation {
    condition     = contains(["containerd", "docker"], var.container_runtime)
    error_message = "container_runtime is not known; expected \"containerd\" or \"docker\"; write one of them."
  }
}
