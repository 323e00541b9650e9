// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <filesystem>
#include <string>

#include <nlohmann/json_fwd.hpp>

namespace lapilli::file {

/// An append-only file of JSON lines, one per event, that others read while it grows. Each line is written by one call,
/// so that lines of several writers do not mix. One rank, not collective.
class JsonLines {
public:
    /// Opens or makes the file. A last line that a killed run left unfinished is closed, so that it spoils no other.
    /// @throws Error with path and errno text
    explicit JsonLines(const std::filesystem::path& path);
    ~JsonLines();
    JsonLines(JsonLines&& other) noexcept;
    JsonLines(const JsonLines&) = delete;
    JsonLines& operator=(const JsonLines&) = delete;
    JsonLines& operator=(JsonLines&&) = delete;

    /// Numbers in shortest round-trip form; nan and inf become null; bytes that are no UTF-8 are replaced. Not synced.
    /// @throws Error with path and errno text
    void append(const nlohmann::ordered_json& event);
    /// What has been appended is on the disk. @throws Error with path and errno text
    void sync();

private:
    void write_line(const std::string& line);

    std::string path_;
    int descriptor_ = -1;
};

} // namespace lapilli::file
