// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "file/input_file.hpp"
#include "core/error.hpp"
#include "text/sentence.hpp"
#include "text/system_error.hpp"

#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace lapilli::file {

InputFile::InputFile(const std::string& path, std::string_view what) : path_(path)
{
    struct stat status {};
    // Look before opening: opening a pipe would wait for its writer.
    if (::stat(path.c_str(), &status) != 0) throw text::system_error("read", path, errno);
    if (S_ISDIR(status.st_mode)) throw input_error("{} is a folder, but {} is expected; name a file in it", path, what);
    if (!S_ISREG(status.st_mode))
        throw input_error("{} is a device or a pipe, but {} must be a file; copy it to a file first", path, what);
    if (status.st_size == 0) throw input_error("{} is empty, but {} is expected; was it written to its end?", path, what);
    descriptor_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor_ < 0) throw text::system_error("read", path, errno);
    size_ = status.st_size;
}

InputFile::~InputFile()
{
    if (descriptor_ >= 0) ::close(descriptor_);
}

InputFile::InputFile(InputFile&& other) noexcept
    : path_(std::move(other.path_)), descriptor_(std::exchange(other.descriptor_, -1)), size_(other.size_)
{
}

void InputFile::read(std::int64_t offset, std::span<std::byte> bytes) const
{
    const std::size_t count = read_some(offset, bytes);
    if (count != bytes.size())
        throw input_error("{} ends at byte {}, but {} were expected; it was cut off or is still being written", path_,
                          text::grouped(offset + count), text::grouped(offset + std::ssize(bytes)));
}

std::size_t InputFile::read_some(std::int64_t offset, std::span<std::byte> bytes) const
{
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t count = ::pread(descriptor_, bytes.data() + done, bytes.size() - done, offset + done);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) throw text::system_error("read", path_, errno);
        if (count == 0) break;
        done += count;
    }
    return done;
}

} // namespace lapilli::file
