# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# What cloud-init/join is told where machines join by themselves. It names the secrets, and knows none.
locals {
  key_vault = try(split("/", var.key_vault_id)[8], "")
  tokens_of = { server = "${var.name}-server", agent = "${var.name}-agent" } # names of secrets in the vault
  both      = [local.tokens_of.server, local.tokens_of.agent]
  url_of    = { for name, server in local.servers : name => "https://${server.address}:6443" }
  others    = [for name, url in local.url_of : url if name != local.first]

  words_of_all    = concat(["--nodes", var.network], [for option in local.options : "--${trimprefix(option, "option ")}"])
  names           = flatten([for name in keys(local.servers) : ["--tls-san", name]])
  words_of_server = concat(local.words_of_all, ["--taint"], local.names)

  join = {
    first = {
      begins = true, servers = local.others, secrets = local.both, words = concat(["server"], local.words_of_server)
    }
    server = {
      begins = false, servers = [local.url_of[local.first]], secrets = local.both, words = concat(["server", "--plain"], local.words_of_server)
    }
    agent = {
      begins = false, servers = values(local.url_of), secrets = [local.tokens_of.agent], words = concat(["agent"], local.words_of_all)
    }
  }
  join_files = { for kind, settings in local.join : kind => [
    local.program.join,
    { path = "/etc/systemd/system/join.service", content = file("${path.module}/cloud-init/join.service") },
    { path = "/etc/lapilli/join.json", content = jsonencode(merge(settings, {
      vault    = local.key_vault
      identity = local.client_ids[kind == "agent" ? "agent" : "server"]
      package  = var.package_url
      sha256   = var.package_sha256
    })) },
  ] if var.unattended }
}
