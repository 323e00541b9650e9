// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "parallel/communicator.hpp"
#include "support/catch.hpp"

#include "core/error.hpp"

#include <new>
#include <numeric>
#include <optional>

using namespace lapilli;
using parallel::Communicator;

namespace {

/// What `work` threw here, for comparison over ranks.
template <class Work>
std::optional<std::pair<int, std::string>> error_of(Work&& work)
{
    try {
        work();
    } catch (const Error& error) {
        return {{static_cast<int>(error.code()), error.what()}};
    }
    return {};
}

} // namespace

TEST_CASE("sums, extremes and prefix sums are over all ranks", "[seven]")
{
    const auto comm = Communicator::world();
    const std::int64_t n = comm.size();
    const std::int64_t big = 3'000'000'000; // above 32 bits
    CHECK(comm.sum(big + comm.rank()) == n * big + n * (n - 1) / 2);
    CHECK(comm.min(std::int64_t{comm.rank()} - 5) == -5);
    CHECK(comm.max(std::int64_t{comm.rank()}) == n - 1);
    CHECK(comm.max(0.5 * comm.rank()) == 0.5 * static_cast<double>(n - 1));
    CHECK(comm.min(-0.5 * comm.rank()) == -0.5 * static_cast<double>(n - 1));
    CHECK(comm.sum_before(comm.rank() + 1) == comm.rank() * (comm.rank() + 1) / 2);
    CHECK(comm.any(comm.rank() == comm.size() - 1));
    CHECK_FALSE(comm.any(false));
}

TEST_CASE("lists of numbers are summed element by element")
{
    const auto comm = Communicator::world();
    std::vector<std::int64_t> values{1, comm.rank(), -comm.rank()};
    comm.sum(values);
    const std::int64_t ranks_sum = comm.size() * (comm.size() - 1) / 2;
    CHECK(values == std::vector<std::int64_t>{comm.size(), ranks_sum, -ranks_sum});
}

TEST_CASE("gathering concatenates in rank order, also from ranks that give nothing", "[seven]")
{
    const auto comm = Communicator::world();
    // Rank r gives r copies of r: rank 0 gives none.
    const std::vector<std::int32_t> mine(static_cast<std::size_t>(comm.rank()), comm.rank());
    std::vector<std::int32_t> expected;
    for (int r = 0; r < comm.size(); ++r) expected.insert(expected.end(), static_cast<std::size_t>(r), r);
    CHECK(comm.gather_all<std::int32_t>(mine) == expected);
    CHECK(comm.gather_all<double>({}).empty());
}

TEST_CASE("an exchange brings every rank what the others addressed to it", "[seven]")
{
    const auto comm = Communicator::world();
    const auto ranks = static_cast<std::size_t>(comm.size());
    const auto me = static_cast<std::size_t>(comm.rank());
    // From a to b go (a + 2 b) % 3 numbers, so that some messages are empty and none is mistaken for another.
    const auto message = [&](std::size_t a, std::size_t b) {
        std::vector<std::int64_t> numbers((a + 2 * b) % 3);
        std::iota(numbers.begin(), numbers.end(), static_cast<std::int64_t>(100 * a + 10 * b));
        return numbers;
    };
    std::vector<std::vector<std::int64_t>> outgoing, expected;
    for (std::size_t r = 0; r < ranks; ++r) {
        outgoing.push_back(message(me, r));
        expected.push_back(message(r, me));
    }
    CHECK(comm.exchange_all(outgoing) == expected);
}

TEST_CASE("an exchange of large messages arrives whole")
{
    const auto comm = Communicator::world();
    const std::size_t length = 300'000; // beyond the eager limit: sends block until they are received
    const std::vector<std::vector<int>> outgoing(static_cast<std::size_t>(comm.size()),
                                                 std::vector<int>(length, comm.rank()));
    const auto incoming = comm.exchange_all(outgoing);
    std::vector<std::vector<int>> expected;
    for (int r = 0; r < comm.size(); ++r) expected.emplace_back(length, r);
    CHECK(incoming == expected);
}

TEST_CASE("a broadcast brings the list and the text of rank 0, whatever stood there before")
{
    const auto comm = Communicator::world();
    std::vector<double> values(static_cast<std::size_t>(comm.rank()), -1.0);
    if (comm.is_root()) values = {0.1, 0.2, 0.3};
    comm.broadcast(values);
    CHECK(values == std::vector<double>{0.1, 0.2, 0.3});

    std::string text = comm.is_root() ? "pores" : "something longer";
    comm.broadcast(text);
    CHECK(text == "pores");

    std::vector<int> nothing(comm.is_root() ? 0 : 7);
    comm.broadcast(nothing);
    CHECK(nothing.empty());
}

TEST_CASE("messages pass around the ring in the order they were sent", "[seven]")
{
    const auto comm = Communicator::world();
    if (comm.size() == 1) return;
    const int next = (comm.rank() + 1) % comm.size();
    const int before = (comm.rank() + comm.size() - 1) % comm.size();
    std::vector<int> first(3), none, second(2);
    const auto receive = [&] {
        comm.receive<int>(before, first);
        comm.receive<int>(before, none);
        comm.receive<int>(before, second);
    };
    const auto send = [&] {
        comm.send<int>(next, std::vector<int>{comm.rank(), 1, 2});
        comm.send<int>(next, {});
        comm.send<int>(next, std::vector<int>{comm.rank(), 3});
    };
    if (comm.is_root()) {
        send();
        receive();
    } else {
        receive();
        send();
    }
    CHECK(first == std::vector<int>{before, 1, 2});
    CHECK(second == std::vector<int>{before, 3});
}

TEST_CASE("work on the root gives its text to all")
{
    const auto comm = Communicator::world();
    int calls = 0;
    const auto text = comm.on_root([&] {
        ++calls;
        return std::string("read once");
    });
    CHECK(text == "read once");
    CHECK(calls == (comm.is_root() ? 1 : 0));
}

TEST_CASE("an error on the root is thrown on every rank")
{
    const auto comm = Communicator::world();
    const auto error =
        error_of([&] { comm.on_root([]() -> std::string { throw input_error("no such file: {}", "a.tif"); }); });
    REQUIRE(error.has_value());
    CHECK(error->first == static_cast<int>(ExitCode::wrong_input));
    CHECK(error->second == "no such file: a.tif");
}

TEST_CASE("all ranks throw the error of the lowest rank that has one", "[seven]")
{
    const auto comm = Communicator::world();
    const int first = comm.size() / 2;
    const auto error = error_of([&] {
        comm.together([&] {
            if (comm.rank() >= first) throw failure("rank {} found no space", comm.rank());
        });
    });
    REQUIRE(error.has_value());
    CHECK(error->first == static_cast<int>(ExitCode::failed));
    CHECK(error->second == "rank " + std::to_string(first) + " found no space");
}

TEST_CASE("together, work without an error goes on")
{
    const auto comm = Communicator::world();
    CHECK_FALSE(error_of([&] { comm.together([] {}); }).has_value());
    CHECK_FALSE(error_of([&] { comm.agree(0, ""); }).has_value());
}

TEST_CASE("running out of memory on one rank becomes a failure with a sentence on all")
{
    const auto comm = Communicator::world();
    const auto error = error_of([&] {
        comm.together([&] {
            if (comm.rank() == comm.size() - 1) throw std::bad_alloc();
        });
    });
    REQUIRE(error.has_value());
    CHECK(error->first == static_cast<int>(ExitCode::failed));
    CHECK_THAT(error->second, test::mentions("memory"));
}

TEST_CASE("a rank alone is a communicator of one")
{
    const auto alone = Communicator::self();
    CHECK(alone.size() == 1);
    CHECK(alone.is_root());
    CHECK(alone.sum(std::int64_t{5}) == 5);
}
