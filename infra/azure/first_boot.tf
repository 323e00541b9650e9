# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# What machines do at their first boot: they only get ready. K3s and its tokens come later, by scripts/install_k3s.sh over ssh; but with
# unattended the machines run it themselves: join.tf.
locals {
  all_packages = concat(["ca-certificates", "curl", "nfs-common"], var.container_runtime == "docker" ? ["docker.io"] : [])

  mounts_disk = var.data_disk_gb > 0
  owns_share  = var.storage == "azure-files"

  program = { for name in ["mount_disk", "own_share", "spot_guard", "join"] : name => {
    path        = "/usr/local/sbin/${name}"
    permissions = "0755"
    content     = file("${path.module}/cloud-init/${name}")
  } }
  spot_unit = {
    path    = "/etc/systemd/system/spot_guard.service"
    content = file("${path.module}/cloud-init/spot_guard.service")
  }
  # the installer comes through the first server to all others at once, and sshd would turn some of them away
  door = "MaxStartups 200:30:400\n"

  first_boot = {
    for kind in ["first", "server", "agent"] : kind => templatefile("${path.module}/cloud-init/first_boot.yaml", {
      packages = concat(local.all_packages, kind == "first" && !local.owns_share ? ["nfs-kernel-server"] : [])
      files = concat(
        kind == "first" ? [{ path = "/etc/ssh/sshd_config.d/lapilli.conf", content = local.door }] : [],
        kind == "first" && local.mounts_disk ? [local.program.mount_disk] : [],
        kind == "first" && local.owns_share ? [local.program.own_share] : [],
        kind == "agent" && var.spot_agents ? [local.program.spot_guard] : [],
        kind == "agent" && var.spot_agents ? [local.spot_unit] : [],
        var.unattended ? local.join_files[kind] : [],
      )
      commands = concat(
        kind == "first" ? [["systemctl", "reload", "ssh"]] : [],
        kind == "first" && local.mounts_disk ? [[local.program.mount_disk.path]] : [],
        kind == "first" && local.owns_share ? [[local.program.own_share.path, local.share_server, local.share_path]] : [],
        kind == "agent" && var.spot_agents ? [["systemctl", "enable", "--now", "spot_guard.service"]] : [],
        var.unattended ? [["systemctl", "enable", "--now", "join.service"]] : [], # it waits for all before it
      )
    })
  }
}
