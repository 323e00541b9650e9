// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "checkpoint/beat.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace lapilli::checkpoint {

/// Who may write to a result folder: a file that names one run and its epoch. A new run always takes it, with a higher
/// epoch, and thereby shuts out the one before, which may be dead or on a machine that is cut off for a while: that one
/// finds a name that is not its own and must change nothing more. The time of the file says when its run was last alive. No
/// locks, which network disks know too little of. One rank, not collective.
class Lease {
public:
    /// Takes the lease of the folder. @param known  a lower bound of earlier epochs, by other files
    /// @throws Error the folder cannot be written; exit code 4 where another run took it at the same moment
    Lease(const std::filesystem::path& folder, std::int64_t known);

    /// Whether a file is the lease of a run.
    static bool is_sound(const std::filesystem::path& file);

    std::int64_t epoch() const { return epoch_; }
    /// @throws Error exit code 4: another run has taken the lease. A file that is gone shuts nobody out.
    void check() const;
    bool is_held() const noexcept; ///< whether check() would find it so

private:
    std::filesystem::path path_;
    std::int64_t epoch_ = 0;
    std::string run_; ///< a random name
    std::optional<Beat> beat_;
};

} // namespace lapilli::checkpoint
