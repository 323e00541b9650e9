// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "file/atomic_file.hpp"

#include "text/system_error.hpp"

#include <cerrno>
#include <random>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace lapilli::file {
namespace {

constexpr const char* temporary_mark = ".tmp-";

/// The file that will be replaced: links followed, so that a link stays a link.
std::filesystem::path target_of(const std::filesystem::path& path)
{
    std::error_code ignored;
    const auto status = std::filesystem::status(path, ignored);
    if (std::filesystem::is_directory(status))
        throw input_error("cannot write {}: it is a folder; name a file in it", path.string());
    if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status))
        throw input_error("cannot write {}: it is a device or a pipe; name a file", path.string());
    if (!path.has_filename()) throw input_error("cannot write '{}': it names no file; add a name", path.string());
    if (!std::filesystem::exists(status)) return path;
    using std::filesystem::perms;
    const auto writable = perms::owner_write | perms::group_write | perms::others_write;
    if ((status.permissions() & writable) == perms::none) // which a rename would not ask, nor root
        throw input_error("cannot write {}: it is read-only; make it writable, or choose another name", path.string());
    if (::access(path.c_str(), W_OK) != 0) throw text::system_error("write", path.string(), errno);
    return std::filesystem::canonical(path);
}

/// Of "result.json.tmp-0a1b2c3d", what is behind the name of the file.
bool is_temporary_tag(std::string_view tag)
{
    constexpr std::size_t digits = 8;
    return tag.starts_with(temporary_mark) && tag.size() == std::string_view(temporary_mark).size() + digits &&
           tag.find_first_not_of("0123456789abcdef", tag.size() - digits) == std::string_view::npos;
}

std::filesystem::path folder_of(const std::filesystem::path& path)
{
    return path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
}

} // namespace

std::filesystem::path temporary_beside(const std::filesystem::path& path)
{
    // The process number alone is not unique among machines that share a folder.
    std::random_device random;
    return folder_of(path) / fmt::format("{}{}{:08x}", path.filename().string(), temporary_mark, random());
}

void write_all(int descriptor, std::span<const std::byte> bytes, const std::string& shown)
{
    while (!bytes.empty()) {
        const ssize_t count = ::write(descriptor, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) throw text::system_error("write", shown, errno);
        bytes = bytes.subspan(count);
    }
}

void sync_folder_of(const std::filesystem::path& path)
{
    const auto folder = folder_of(path);
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) throw text::system_error("sync the folder", folder.string(), errno);
    const int status = ::fsync(descriptor);
    const int reason = errno;
    ::close(descriptor);
    // Some network file systems cannot sync a folder and say EINVAL: the file itself is safe.
    if (status != 0 && reason != EINVAL) throw text::system_error("sync the folder", folder.string(), reason);
}

PendingFile::PendingFile(const std::filesystem::path& path) : path_(target_of(path))
{
    do {
        temporary_ = temporary_beside(path_);
        pending_.emplace(temporary_);
        descriptor_ = ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    } while (descriptor_ < 0 && errno == EEXIST);
    if (descriptor_ < 0) throw text::system_error("write", path.string(), errno);
}

PendingFile::~PendingFile()
{
    if (descriptor_ < 0) return;
    ::close(descriptor_);
    ::unlink(temporary_.c_str());
}

void PendingFile::write(std::span<const std::byte> bytes) { write_all(descriptor_, bytes, path_.string()); }

void PendingFile::go_to_end()
{
    if (::lseek(descriptor_, 0, SEEK_END) < 0) throw text::system_error("write", path_.string(), errno);
}

void PendingFile::reserve(std::int64_t bytes)
{
    int status = 0;
    do {
        status = ::fallocate(descriptor_, 0, 0, bytes);
    } while (status != 0 && errno == EINTR);
    // NFS before 4.2 and others cannot; posix_fallocate would then read and write every block
    if (status != 0 && errno == EOPNOTSUPP) status = ::ftruncate(descriptor_, bytes);
    if (status != 0) throw text::system_error("write", path_.string(), errno);
}

void PendingFile::resize(std::int64_t bytes)
{
    if (::ftruncate(descriptor_, bytes) != 0) throw text::system_error("write", path_.string(), errno);
}

void PendingFile::sync()
{
    if (::fsync(descriptor_) != 0) throw text::system_error("write", path_.string(), errno);
}

void PendingFile::commit()
{
    sync();
    if (::rename(temporary_.c_str(), path_.c_str()) != 0) throw text::system_error("write", path_.string(), errno);
    pending_.reset();
    ::close(std::exchange(descriptor_, -1)); // from here on the file stands under its name
    sync_folder_of(path_);
}

void write_file(const std::filesystem::path& path, std::string_view text)
{
    PendingFile file(path);
    file.write(std::as_bytes(std::span(text)));
    file.commit();
}

void remove_abandoned(const std::filesystem::path& path)
{
    const auto name = path.filename().string();
    std::error_code error, ignored;
    for (std::filesystem::directory_iterator entry(folder_of(path), error), end; !error && entry != end;
         entry.increment(error)) {
        const auto found = entry->path().filename().string();
        const bool regular = std::filesystem::is_regular_file(entry->symlink_status(ignored));
        if (regular && found.starts_with(name) && is_temporary_tag(std::string_view(found).substr(name.size())))
            std::filesystem::remove(entry->path(), ignored);
    }
}

std::size_t name_without_tag(std::string_view name)
{
    const auto at = name.rfind(temporary_mark);
    return at != std::string_view::npos && is_temporary_tag(name.substr(at)) ? at : name.size();
}

} // namespace lapilli::file
