// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "checkpoint/lease.hpp"

#include "core/error.hpp"
#include "file/atomic_file.hpp"
#include "text/utc_time.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <optional>
#include <random>

#include <unistd.h>

namespace lapilli::checkpoint {
namespace {

using Json = nlohmann::ordered_json;

bool makes_sense(const Json& lease)
{
    constexpr std::int64_t largest = std::int64_t{1} << 53; // far from where one more is none
    if (!lease.is_object() || !lease.contains("run") || !lease["run"].is_string()) return false;
    if (!lease.contains("epoch") || !lease["epoch"].is_number_integer()) return false;
    const auto epoch = lease["epoch"].get<std::int64_t>();
    return epoch > 0 && epoch < largest;
}

/// What stands in the file; nothing if it is missing or makes no sense.
std::optional<Json> read(const std::filesystem::path& path)
{
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(path, ignored)) return std::nullopt; // opening a pipe would wait for its writer
    std::ifstream file(path, std::ios::binary);
    std::string text(4096, '\0');
    file.read(text.data(), text.size());
    text.resize(file.gcount());
    auto json = Json::parse(text, nullptr, false);
    return makes_sense(json) ? std::optional(std::move(json)) : std::nullopt;
}

std::string host_name()
{
    char name[256] = {};
    gethostname(name, sizeof name - 1);
    return name;
}

/// "process 123 on host node-2 since 2026-01-01T00:00:00Z"
std::string holder(const Json& lease)
{
    const auto word = [&](const char* key) {
        if (!lease.contains(key)) return std::string("?");
        return lease[key].is_string() ? lease[key].get<std::string>() : lease[key].dump();
    };
    return fmt::format("process {} on {} since {}", word("pid"), word("host"), word("start"));
}

} // namespace

Lease::Lease(const std::filesystem::path& folder, std::int64_t known) : path_(folder / "lease")
{
    const auto before = read(path_);
    epoch_ = std::max(known, before ? before->at("epoch").get<std::int64_t>() : 0) + 1;
    std::random_device random;
    run_ = fmt::format("{:08x}{:08x}", random(), random());
    const Json lease{{"epoch", epoch_}, {"run", run_}, {"host", host_name()}, {"pid", getpid()}, {"start", text::utc_now()}};
    file::write_file(path_, lease.dump() + '\n');
    check();
    beat_.emplace(path_);
}

bool Lease::is_sound(const std::filesystem::path& file) { return read(file).has_value(); }

void Lease::check() const
{
    const auto found = read(path_);
    if (!found || found->at("run") == run_) return;
    throw Error(ExitCode::fenced,
                fmt::format("another run works in {} now ({}); this one stops and changes nothing more there; wait for "
                            "the other, or use another --out",
                            path_.parent_path().string(), holder(*found)));
}

bool Lease::is_held() const noexcept
{
    try {
        check();
        return true;
    } catch (...) {
        return false;
    }
}

} // namespace lapilli::checkpoint
