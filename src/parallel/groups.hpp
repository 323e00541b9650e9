// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "parallel/communicator.hpp"

namespace lapilli::parallel {

/// The ranks of a communicator parted into groups of neighbours, as large as each other or by one larger, which work on
/// different objects for a while. Collective.
class Groups {
public:
    /// @param count  1 to as many as there are ranks
    Groups(const Communicator& all, int count);
    ~Groups();
    Groups(const Groups&) = delete;
    Groups& operator=(const Groups&) = delete;

    /// The group of this rank, and its ranks.
    int mine() const { return mine_; }
    const Communicator& own() const { return own_; }
    /// The first rank of a group, in the communicator of all.
    int root(int group) const;

private:
    int all_;
    int count_;
    int mine_;
    Communicator own_;
};

} // namespace lapilli::parallel
