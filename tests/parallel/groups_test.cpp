// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "parallel/groups.hpp"

#include "support/catch.hpp"

using namespace lapilli;
using parallel::Communicator;

TEST_CASE("groups part the ranks into neighbours, as many in each or one more, and work apart", "[seven]")
{
    const auto world = Communicator::world();
    for (int count = 1; count <= world.size(); ++count) {
        INFO(count << " groups of " << world.size() << " ranks");
        const parallel::Groups groups(world, count);
        const auto& own = groups.own();
        CHECK(groups.mine() >= 0);
        CHECK(groups.mine() < count);
        CHECK(world.rank() == groups.root(groups.mine()) + own.rank());
        CHECK(own.is_root() == (world.rank() == groups.root(groups.mine())));
        CHECK(world.sum(std::int64_t{own.is_root()}) == count);
        CHECK(world.max(std::int64_t{own.size()}) - world.min(std::int64_t{own.size()}) <= 1);
        CHECK(own.sum(groups.mine()) == std::int64_t{groups.mine()} * own.size());
        for (int turn = 0; turn < groups.mine(); ++turn) own.barrier(); // as often as each group likes
    }
}
