// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "file/atomic_folder.hpp"

#include "file/atomic_file.hpp"
#include "file/descriptor.hpp"
#include "text/system_error.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>

namespace lapilli::file {
namespace {

namespace fs = std::filesystem;

/// The folder that will be replaced: links followed, so that a link stays a link.
fs::path folder_target(const fs::path& given, const std::vector<std::string>& own)
{
    const fs::path path = given.has_filename() ? given : given.parent_path(); // "rock.zarr/"
    std::error_code ignored;
    const auto status = fs::status(path, ignored);
    if (!fs::exists(status)) return path;
    if (!fs::is_directory(status))
        throw input_error("cannot write {}: it is a file, but a folder is made; name another one", path.string());
    if (!fs::exists(path / own.front(), ignored))
        throw input_error("cannot write {}: a folder stands there that has no {}, so it is not replaced; name another one",
                          path.string(), own.front());
    for (const auto& entry : fs::directory_iterator(path, ignored))
        if (const auto name = entry.path().filename().string(); std::ranges::find(own, name) == own.end())
            throw input_error(
                "cannot write {}: a folder stands there that has {}, too, so it is not replaced; name another one",
                path.string(), name);
    return fs::canonical(path);
}

/// Two steps for file systems that cannot exchange two names, such as NFS.
void replace(const fs::path& made, const fs::path& path)
{
    const auto before = temporary_beside(path);
    const auto rename = [&](const fs::path& from, const fs::path& to) {
        if (::rename(from.c_str(), to.c_str()) != 0) throw text::system_error("write", path.string(), errno);
    };
    rename(path, before);
    try {
        rename(made, path);
    } catch (...) {
        std::error_code ignored;
        fs::rename(before, path, ignored);
        throw;
    }
    rename(before, made);
}

/// Gives a whole folder its name. @returns whether one with that name was there, which then has that of the new one
/// @param pending  the name of the new one, which must stay while the old one has none
bool put_in_place(const fs::path& made, const fs::path& path, std::optional<PendingName>& pending)
{
    if (::renameat2(AT_FDCWD, made.c_str(), AT_FDCWD, path.c_str(), RENAME_EXCHANGE) == 0) return true; // at no moment none
    const int reason = errno;
    std::error_code ignored;
    if (fs::exists(path, ignored)) {
        if (reason != EINVAL && reason != ENOSYS) throw text::system_error("write", path.string(), reason);
        pending.reset();
        replace(made, path);
        pending.emplace(made);
        return true;
    }
    if (::rename(made.c_str(), path.c_str()) != 0) throw text::system_error("write", path.string(), errno);
    return false;
}

} // namespace

PendingFolder::PendingFolder(const fs::path& path, const std::vector<std::string>& own) : path_(folder_target(path, own))
{
    int status = 0;
    do {
        temporary_ = temporary_beside(path_);
        pending_.emplace(temporary_);
        status = ::mkdir(temporary_.c_str(), 0777);
    } while (status != 0 && errno == EEXIST);
    if (status != 0) throw text::system_error("write", path_.string(), errno);
}

PendingFolder::~PendingFolder()
{
    std::error_code ignored;
    if (!temporary_.empty()) fs::remove_all(temporary_, ignored);
}

void PendingFolder::add(const std::string& name, std::span<const std::byte> bytes) const
{
    const auto path = temporary_ / name;
    const auto shown = (path_ / name).string();
    std::error_code error;
    fs::create_directories(path.parent_path(), error);
    if (error) throw text::system_error("write", shown, error.value());
    const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
    if (!file) throw text::system_error("write", shown, errno);
    write_all(file.get(), bytes, shown);
}

void PendingFolder::commit()
{
    {
        // the file system at once: thousands of files one by one would take minutes
        const Descriptor folder(::open(temporary_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        if (!folder || ::syncfs(folder.get()) != 0) throw text::system_error("write", path_.string(), errno);
    }
    const bool replaces = put_in_place(temporary_, path_, pending_);
    if (!replaces) temporary_.clear();
    sync_folder_of(path_);
    std::error_code ignored;
    if (replaces) fs::remove_all(std::exchange(temporary_, {}), ignored);
    pending_.reset();
}

} // namespace lapilli::file
