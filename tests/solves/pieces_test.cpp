// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "property/pieces.hpp"

#include "support/same_bits.hpp"

#include <map>
#include <memory>

using namespace lapilli;
using parallel::Communicator;
using property::Piece;

namespace {

constexpr Shape shape{64, 64, 64};

image::PoreSpace pores_of(const Communicator& comm) { return {comm, shape, test::make_bricks(comm, shape, test::rough)}; }

/// Cubes two bricks wide as they are, smaller ones on two cells, and a large one that no rank has alone.
std::vector<Piece> pieces_of(const image::PoreSpace& pores)
{
    std::vector<Piece> pieces;
    for (std::int64_t at = 0; at < 3; ++at) pieces.push_back({fmt::format("as it is {}", at), &pores, {{at, 2 - at, 1}, 2}});
    for (std::int64_t at = 0; at < 4; ++at)
        pieces.push_back({fmt::format("two cells {}", at), &pores, {{at, 0, at}, 1}, true});
    pieces.push_back({"grown", &pores, {{1, 1, 1}, 1}, true, image::Growth::grow});
    pieces.push_back({"large", &pores, {{0, 1, 0}, 3}});
    return pieces;
}

const auto solver = property::grid_property(property::PermeabilityOptions{.axes = {Axis::y, Axis::z}, .accuracy = 1e-2});

Record numbers_of(const std::vector<property::GridValues>& all)
{
    Record numbers;
    for (const auto& values : all)
        for (const auto& along : values.axes)
            numbers.push_back(along ? Record{along->value, along->error_estimate, along->iterations} : Record());
    return numbers;
}

/// Remembers outcomes, and on one rank may hear that the run is to stop.
class Outcomes : public Memory {
public:
    std::map<std::string, Record> known;
    int finished = 0;
    bool asked = false; ///< this rank
    const Communicator* comm = nullptr;

    std::optional<Record> recall(const StepName& step, Slices) override
    {
        const auto found = known.find(step.property + name(step.axis));
        if (found == known.end()) return std::nullopt;
        return Record::parse(found->second.dump());
    }
    void finish(const StepName& step, const Record& outcome, Slices) override
    {
        known[step.property + name(step.axis)] = outcome;
        ++finished;
    }
    std::optional<Record> resume(const StepName&, Slices) override { return std::nullopt; }
    void at_restart_point(const StepName&, const std::function<Record()>&, Slices) override {}
    void before_restart_points() override
    {
        if (comm != nullptr && comm->any(asked_to_stop()) && finished > 0)
            throw parallel::AgreedError(ExitCode::stopped, "on request");
    }
    void after_iteration(int) override {}
    bool asked_to_stop() const override { return asked; }
};

} // namespace

TEST_CASE("pieces of an image have the same bits on any number of ranks, solved alone or together", "[seven]")
{
    test::check_same_bits([&](const Communicator& comm) {
        const auto pores = pores_of(comm);
        property::Run run;
        const auto values = property::solve_pieces(run, solver, pieces_of(pores));
        CHECK(values.front().axes[Axis::z].has_value());
        CHECK_FALSE(values.front().axes[Axis::x].has_value()); // nobody asked
        CHECK_FALSE(run.solve_times.empty());
        return numbers_of(values);
    });
}

TEST_CASE("a piece on two cells is the refined cube itself, in units of voxels")
{
    const auto comm = Communicator::world();
    const auto pores = pores_of(comm);
    const auto pieces = pieces_of(pores);
    const auto& two = pieces[4];
    property::Run run;
    const auto found = property::solve_pieces(run, solver, std::span(&two, 1));
    const image::PoreSpace cells(comm, image::refined(two.block.shape()), image::refine(image::cut_out(pores, two.block)));
    const auto direct =
        property::measure_permeability(run, cells, image::connect(cells), {.axes = {Axis::y, Axis::z}, .accuracy = 1e-2});
    REQUIRE(direct.axes[Axis::z]->percolates);
    CHECK(found.front().axes[Axis::z]->value == direct.axes[Axis::z]->voxel2 / 4);
}

TEST_CASE("pieces that are known are not solved again, and give the same bits")
{
    const auto comm = Communicator::world();
    const auto pores = pores_of(comm);
    const auto pieces = pieces_of(pores);
    Outcomes memory;
    property::Run run{.memory = &memory};
    const auto first = numbers_of(property::solve_pieces(run, solver, pieces));
    CHECK(memory.finished == 3 * std::ssize(pieces));
    std::erase_if(memory.known, [](const auto& step) { return step.first.starts_with("two cells 2"); });
    CHECK(numbers_of(property::solve_pieces(run, solver, pieces)) == first);
    CHECK(memory.finished == 3 * std::ssize(pieces) + 3);
}

TEST_CASE("a rank that hears of the end ends its piece, and what others have found by then is kept")
{
    const auto comm = Communicator::world();
    const auto pores = pores_of(comm);
    const auto all = pieces_of(pores);
    const std::vector<Piece> pieces(all.begin(), all.begin() + 3);
    Outcomes memory;
    memory.comm = &comm;
    memory.asked = comm.rank() == 0;
    property::Run run{.memory = &memory};
    if (comm.size() == 1) return; // nobody else finds anything
    CHECK_THROWS_AS(property::solve_pieces(run, solver, pieces), parallel::AgreedError);
    CHECK(memory.finished > 0);
    CHECK(memory.finished < 3 * std::ssize(pieces));
}

TEST_CASE("as many pieces are solved side by side as leave no rank more cells than its share of the image")
{
    CHECK(property::pieces_at_once(0.01, 1) == 1);
    CHECK(property::pieces_at_once(0.01, 64) == 64);
    CHECK(property::pieces_at_once(0.11, 9) == 9);
    CHECK(property::pieces_at_once(0.11, 16) == 8);
    CHECK(property::pieces_at_once(0.5, 3) == 1);
    CHECK(property::pieces_at_once(2, 5) == 1);
}
