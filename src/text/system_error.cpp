// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "text/system_error.hpp"

#include <cerrno>
#include <system_error>

#include <unistd.h>

namespace lapilli::text {

Error system_error(std::string_view verb, const std::string& path, int errno_value)
{
    const std::string reason = std::generic_category().message(errno_value);
    const auto refuse = [&](const char* advice) { return input_error("cannot {} {}: {}; {}", verb, path, reason, advice); };
    switch (errno_value) {
    case ENOENT:
    case ENOTDIR:
        return refuse("check the name and its folder");
    case EACCES:
    case EPERM:
        return input_error("cannot {} {}: {}; check the permissions of the file and its folders, for the user {}", verb,
                           path, reason, ::geteuid());
    case EROFS:
        return refuse("choose a folder that can be written");
    case EISDIR:
        return refuse("name a file, not a folder");
    case ELOOP:
    case ENAMETOOLONG:
        return refuse("choose another name");
    case ENOSPC:
    case EDQUOT:
        return failure("cannot {} {}: {}; free some space and run again", verb, path, reason);
    default:
        return failure("cannot {} {}: {}; run again when that is mended", verb, path, reason);
    }
}

} // namespace lapilli::text
