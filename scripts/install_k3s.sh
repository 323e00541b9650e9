#!/usr/bin/env bash
# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# The short way to what makes a K3s cluster of hosts.
exec "$(dirname "${BASH_SOURCE[0]}")/owner/install_k3s.sh" "$@"
