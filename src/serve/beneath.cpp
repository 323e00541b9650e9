// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "serve/beneath.hpp"

#include "text/system_error.hpp"

#include <cerrno>

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/syscall.h>

namespace lapilli::serve {

namespace {

using file::as_it_lies;

/// Part by part, for kernels before Linux 5.6, and containers that forbid what they do not know.
Descriptor open_by_parts(int root, const std::string& name)
{
    Descriptor folder;
    for (std::size_t begin = 0;;) {
        const auto end = name.find('/', begin);
        const auto part = name.substr(begin, end - begin);
        if (part.empty() || part == "..") return Descriptor();
        folder = Descriptor(::openat(folder ? folder.get() : root, part.c_str(), as_it_lies | O_DIRECTORY));
        if (!folder || end == std::string::npos) return folder;
        begin = end + 1;
    }
}

} // namespace

Beneath::Beneath(const std::string& folder) : root_(file::open_folder(folder))
{
    if (!root_) throw text::system_error("serve", folder, errno);
}

Descriptor Beneath::open_folder(const std::string& name) const
{
    open_how how{};
    how.flags = static_cast<decltype(how.flags)>(as_it_lies | O_DIRECTORY);
    how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;
    const auto opened = ::syscall(SYS_openat2, root_.get(), name.c_str(), &how, sizeof how);
    if (opened < 0 && (errno == ENOSYS || errno == EPERM)) return open_by_parts(root_.get(), name);
    return Descriptor(static_cast<int>(opened));
}

} // namespace lapilli::serve
