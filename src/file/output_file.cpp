// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "file/output_file.hpp"

#include "text/system_error.hpp"

#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace lapilli::file {

// For writing alone: a network disk would read whole pages first, and write them back over what others wrote meanwhile.
OutputFile::OutputFile(const std::string& path, std::string shown)
    : shown_(std::move(shown)), descriptor_(::open(path.c_str(), O_WRONLY | O_CLOEXEC))
{
    if (descriptor_ < 0) throw text::system_error("write", shown_, errno);
}

OutputFile::~OutputFile()
{
    if (descriptor_ >= 0) ::close(descriptor_);
}

void OutputFile::write(std::int64_t offset, std::span<const std::byte> bytes) const
{
    while (!bytes.empty()) {
        const ssize_t count = ::pwrite(descriptor_, bytes.data(), bytes.size(), offset);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) throw text::system_error("write", shown_, errno);
        bytes = bytes.subspan(count);
        offset += count;
    }
}

void OutputFile::sync() const
{
    if (::fsync(descriptor_) != 0) throw text::system_error("write", shown_, errno);
}

} // namespace lapilli::file
