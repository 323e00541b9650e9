// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "checkpoint/own_files.hpp"

#include "checkpoint/journal.hpp"
#include "checkpoint/lease.hpp"
#include "checkpoint/sealed_text.hpp"
#include "field/xdmf.hpp"

#include <fstream>
#include <sstream>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace lapilli::checkpoint {
namespace {

constexpr std::size_t beginning = 65536; // the words of an HDF5 file stand before its numbers

bool is_regular(const std::filesystem::path& path)
{
    std::error_code ignored;
    return std::filesystem::is_regular_file(path, ignored); // opening a pipe would wait for its writer
}

bool has_no_bytes(const std::filesystem::path& path)
{
    std::error_code error;
    return is_regular(path) && std::filesystem::file_size(path, error) == 0 && !error;
}

/// The first bytes of a regular file; none of anything else.
std::string beginning_of(const std::filesystem::path& path)
{
    if (!is_regular(path)) return {};
    std::string text(beginning, '\0');
    std::ifstream file(path, std::ios::binary);
    file.read(text.data(), text.size());
    text.resize(file.gcount());
    return text;
}

bool begins_with_words(const std::filesystem::path& path, std::string_view words)
{
    return has_no_bytes(path) || beginning_of(path).find(words) != std::string::npos;
}

} // namespace

bool is_own_lease(const std::filesystem::path& path) { return has_no_bytes(path) || Lease::is_sound(path); }

bool is_own_journal(const std::filesystem::path& path) { return begins_with_words(path, Journal::mark); }

bool is_own_progress_log(const std::filesystem::path& path)
{
    if (has_no_bytes(path)) return true;
    std::istringstream lines(beginning_of(path));
    for (std::string line; std::getline(lines, line);) { // the first may be torn
        const auto event = nlohmann::json::parse(line, nullptr, false);
        if (event.is_object() && (event.contains("stage") || event.contains("event"))) return true;
    }
    return false;
}

bool is_own_checkpoint(const std::filesystem::path& path)
{
    return begins_with_words(path, about_checkpoint) || (is_regular(path) && has_seal(path.string()));
}

bool is_own_fields(const std::filesystem::path& path) { return begins_with_words(path, "program_git"); }

bool is_own_xdmf(const std::filesystem::path& path) { return begins_with_words(path, field::xdmf_mark); }

} // namespace lapilli::checkpoint
