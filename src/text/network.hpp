// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// Networks, disks and memories, as people type them: every function throws an Error (exit code 2) whose sentence names the
// text.
#pragma once

#include <string>

namespace lapilli::text {

struct Network {
    double latency_s = 0; ///< of a message, one way
    double bandwidth = 0; ///< [B/s]
};

/// "1ms,10Gbit": from 100 ns to 1 s, and from 1 Mbit/s to 10 Tbit/s.
Network parse_network(const std::string& text);

/// "200MB/s" or "10Gbit/s", in bytes a second; "/s" may be left out.
double parse_rate(const std::string& text);

/// "64GB", "64GiB" or, as Kubernetes writes it, "64Gi", in bytes.
double parse_bytes(const std::string& text);

} // namespace lapilli::text
