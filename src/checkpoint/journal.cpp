// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "checkpoint/journal.hpp"

#include "core/error.hpp"
#include "file/atomic_file.hpp"
#include "file/json_lines.hpp"

#include <nlohmann/json.hpp>
#include <xxhash.h>

#include <fstream>

namespace lapilli::checkpoint {
namespace {

constexpr const char* hash_key = "xxh3";

std::string hash_of(const Journal::Line& line)
{
    const auto text = line.dump();
    return fmt::format("{:016x}", XXH3_64bits(text.data(), text.size()));
}

Journal::Line sealed(Journal::Line line)
{
    line[hash_key] = hash_of(line);
    return line;
}

} // namespace

std::vector<Journal::Line> Journal::read() const
{
    std::vector<Line> lines;
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(path_, ignored)) return lines; // opening a pipe would wait for its writer
    std::ifstream file(path_, std::ios::binary);
    for (std::string text; std::getline(file, text);) {
        auto line = Line::parse(text, nullptr, false);
        if (!line.is_object() || !line.contains(hash_key)) continue;
        const auto hash = line[hash_key];
        line.erase(hash_key);
        if (hash == hash_of(line)) lines.push_back(std::move(line));
    }
    return lines;
}

void Journal::rewrite(const std::vector<Line>& lines) const
{
    std::string text;
    for (const auto& line : lines) text += sealed(line).dump() + '\n';
    file::write_file(path_, text);
}

void Journal::append(const Line& line) const
{
    file::JsonLines log(path_);
    log.append(sealed(line));
    log.sync();
}

void Journal::remove() const
{
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
}

} // namespace lapilli::checkpoint
