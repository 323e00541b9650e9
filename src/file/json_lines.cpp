// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "file/json_lines.hpp"

#include "text/system_error.hpp"

#include <nlohmann/json.hpp>

#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace lapilli::file {

JsonLines::JsonLines(const std::filesystem::path& path) : path_(path.string())
{
    descriptor_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    if (descriptor_ < 0) throw text::system_error("write", path_, errno);
    const off_t size = ::lseek(descriptor_, 0, SEEK_END);
    char last = '\n';
    if (size > 0 && ::pread(descriptor_, &last, 1, size - 1) == 1 && last != '\n') write_line("\n");
}

JsonLines::~JsonLines()
{
    if (descriptor_ >= 0) ::close(descriptor_);
}

JsonLines::JsonLines(JsonLines&& other) noexcept
    : path_(std::move(other.path_)), descriptor_(std::exchange(other.descriptor_, -1))
{
}

void JsonLines::append(const nlohmann::ordered_json& event)
{
    write_line(event.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n');
}

void JsonLines::sync()
{
    if (::fsync(descriptor_) != 0) throw text::system_error("write", path_, errno);
}

void JsonLines::write_line(const std::string& line)
{
    ssize_t count = 0;
    do {
        count = ::write(descriptor_, line.data(), line.size());
    } while (count < 0 && errno == EINTR);
    if (count < 0) throw text::system_error("write", path_, errno);
    // A part of a line: the disk became full in its midst. Not tried again, since others may have written behind it.
    if (count != std::ssize(line)) throw text::system_error("write", path_, ENOSPC);
}

} // namespace lapilli::file
