// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <filesystem>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace lapilli::checkpoint {

/// A file of JSON lines, each with its own XXH3 and on the disk before append() returns. What a run that was killed left
/// unfinished is not seen by the next. One rank, not collective.
class Journal {
public:
    using Line = nlohmann::ordered_json;

    /// How the first line of a run's journal begins, in the order in which it is written.
    static constexpr const char* mark = R"({"journal":1,"epoch":)";

    explicit Journal(std::filesystem::path path) : path_(std::move(path)) {}

    /// The lines that are whole; none if there is no such file.
    std::vector<Line> read() const;
    /// Replaces the file, so that a run that still has the old one open writes into nothing. @throws Error
    void rewrite(const std::vector<Line>& lines) const;
    /// @throws Error with path and errno text
    void append(const Line& line) const;
    void remove() const;

private:
    std::filesystem::path path_;
};

} // namespace lapilli::checkpoint
