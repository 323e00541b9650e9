// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "parallel/groups.hpp"

#include <cstdint>

namespace lapilli::parallel {

namespace {

int group_of(const Communicator& all, int count) { return std::int64_t{all.rank()} * count / all.size(); }

Communicator part_of(const Communicator& all, int group)
{
    MPI_Comm handle = MPI_COMM_NULL;
    MPI_Comm_split(all.handle(), group, all.rank(), &handle);
    return Communicator(handle);
}

} // namespace

Groups::Groups(const Communicator& all, int count)
    : all_(all.size()), count_(count), mine_(group_of(all, count)), own_(part_of(all, mine_))
{
}

Groups::~Groups()
{
    MPI_Comm handle = own_.handle();
    MPI_Comm_free(&handle);
}

int Groups::root(int group) const { return (std::int64_t{group} * all_ + count_ - 1) / count_; }

} // namespace lapilli::parallel
