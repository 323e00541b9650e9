# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# terraform output -raw NAME
output "inventory" {
  description = "The hosts, for scripts/install_k3s.sh --inventory."
  value       = local.inventory
}

output "ssh_config" {
  description = "How ssh reaches them, for ssh -F: all through the first server, which alone has a public address."
  value = templatefile("${path.module}/ssh_config.tftpl", {
    first   = local.first
    address = azurerm_public_ip.server.ip_address
    user    = var.user
    others  = { for name, host in merge(local.servers, local.agents) : name => host.address if name != local.first }
  })
}

output "hostfile" {
  description = "The agents and their CPUs, for mpirun or lapilli-launch --hostfile on one of the machines."
  value       = local.hostfile
}

output "install" {
  description = "Makes the cluster, from your machine."
  value       = "scripts/install_k3s.sh cluster --inventory hosts --ssh 'ssh -F ssh_config'"
}

output "ssh" {
  description = "Logs into the first server."
  value       = "ssh -F ssh_config ${local.first}"
}

output "kubectl" {
  description = "Asks the cluster, through the first server: its API is open to the machines only."
  value       = <<-END
    ssh -F ssh_config -fN -o ExitOnForwardFailure=yes -D 127.0.0.1:1080 ${local.first}
    export KUBECONFIG=~/.kube/lapilli.yaml HTTPS_PROXY=socks5://127.0.0.1:1080
    kubectl get nodes -o wide
  END
}
