// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "support/same_bits.hpp"

#include <algorithm>
#include <map>

using namespace lapilli;
using parallel::Communicator;

namespace {

std::string key_of(const StepName& step) { return step.property + name(step.axis); }

/// Fields and numbers, on each rank its own: what is kept of a step at one moment.
struct Kept {
    Record record;
    std::vector<std::vector<std::byte>> field;

    Kept() = default;
    Kept(Record numbers, Slices slices) : record(std::move(numbers))
    {
        for (const auto& slice : slices) field.emplace_back(slice.bytes.begin(), slice.bytes.end());
    }
    int iteration() const { return record.at("iteration").get<int>(); }
    Record give(Slices slices) const
    {
        for (std::size_t i = 0; i < slices.size(); ++i)
            std::copy_n(field.at(i).begin(), slices[i].bytes.size(), slices[i].bytes.begin());
        return record;
    }
};

/// Keeps all that it is told, in memory.
class TestMemory : public Memory {
public:
    std::map<std::string, Kept> finished;
    std::map<std::string, std::vector<Kept>> restart_points;
    std::map<std::string, Kept> unfinished; ///< what resume() gives
    std::map<std::string, int> solved;      ///< iterations
    int resumed = 0;

    std::optional<Record> recall(const StepName& step, Slices field) override
    {
        now_ = key_of(step);
        const auto known = finished.find(now_);
        if (known == finished.end() || known->second.field.size() < field.size()) return std::nullopt;
        return known->second.give(field);
    }
    void finish(const StepName& step, const Record& outcome, Slices field) override
    {
        finished[key_of(step)] = {Record::parse(outcome.dump()), field};
    }
    std::optional<Record> resume(const StepName& step, Slices field) override
    {
        const auto known = unfinished.find(key_of(step));
        if (known == unfinished.end()) return std::nullopt;
        ++resumed;
        return known->second.give(field);
    }
    void at_restart_point(const StepName& step, const std::function<Record()>& state, Slices field) override
    {
        auto& kept = restart_points[key_of(step)].emplace_back(Record::parse(state().dump()), field);
        if (kept.iteration() > 0) ++solved[now_];
    }
    void before_restart_points() override {}
    void after_iteration(int ahead) override
    {
        CHECK(ahead > 0);
        ++solved[now_];
    }

private:
    std::string now_; ///< the step that was asked for last
};

/// Of a run that is asked to stop at its beginning.
class StoppingMemory : public TestMemory {
public:
    void before_restart_points() override { throw parallel::AgreedError(ExitCode::stopped, "on request"); }
};

constexpr Shape shape{36, 20, 33}; // small: every restart point is a solve

/// Solves without a memory, with one, and from each restart point that this one knows, the other axes known: always the same
/// bits.
/// @param measure  of a memory: all numbers of a property
template <class Measure>
void check_restarts(Measure&& measure)
{
    const Record undisturbed = measure(nullptr);
    TestMemory memory;
    CHECK(measure(&memory) == undisturbed);
    CHECK(!memory.restart_points.empty());
    for (const auto& [step, points] : memory.restart_points)
        for (const auto& point : points) {
            const int iteration = point.iteration();
            INFO(step << " from iteration " << iteration);
            TestMemory later;
            later.finished = memory.finished;
            later.finished.erase(step);
            later.unfinished[step] = point;
            CHECK(measure(&later) == undisturbed);
            CHECK(later.resumed == 1);
            CHECK(later.solved[step] == memory.solved[step] - iteration);
            CHECK(later.solved.size() == 1);
        }
    TestMemory done;
    done.finished = memory.finished;
    CHECK(measure(&done) == undisturbed);
    CHECK(done.solved.empty());
}

void check_diffusivity(Boundary boundary, double accuracy, std::vector<double> conductivity = {1})
{
    const bool phases = conductivity.size() > 1;
    const auto phase = [&](auto x, auto y, auto z) { return test::rough(x, y, z) ? 1 : phases ? 2 : 0; };
    const auto image = test::make_image(Communicator::world(), shape, phase, boundary);
    check_restarts([&](Memory* memory) {
        property::Run run{.memory = memory};
        return test::numbers_of(property::measure_diffusivity(run, image.pores, image.connectivity, 1,
                                                              {.conductivity = conductivity, .accuracy = accuracy}));
    });
}

void check_permeability(Boundary boundary, double accuracy, bool field = false)
{
    std::vector<float> speeds; // of the last axis that gave its field
    const property::TakeFlow take = [&](Axis, const image::PoreSpace&, const property::FlowField& flow) {
        speeds = flow.speed;
    };
    std::vector<float> first;
    const auto image = test::make_image(Communicator::world(), shape, test::rough, boundary);
    check_restarts([&](Memory* memory) {
        property::Run run{.memory = memory};
        auto numbers = test::numbers_of(
            property::measure_permeability(run, image.pores, image.connectivity,
                                           {.accuracy = accuracy, .take_field = field ? take : property::TakeFlow{}}));
        if (first.empty()) first = speeds;
        CHECK(speeds == first);
        return numbers;
    });
}

} // namespace

TEST_CASE("a diffusivity that goes on from any restart point has the bits of an undisturbed one")
{
    for (const auto boundary : {Boundary::sealed, Boundary::periodic}) {
        check_diffusivity(boundary, 1e-12);
        check_diffusivity(boundary, 1e-14, {1, 1e-3}); // long enough for a restart point
    }
}

TEST_CASE("a permeability that goes on from any restart point has the bits of an undisturbed one")
{
    for (const auto boundary : {Boundary::sealed, Boundary::periodic}) {
        check_permeability(boundary, 1e-3);
        check_permeability(boundary, 1e-7);
        check_permeability(boundary, 1e-3, true);
    }
}

TEST_CASE("a flow solve that is asked to stop does not go on to its first restart point")
{
    StoppingMemory memory;
    property::Run run{.memory = &memory};
    const auto image = test::make_image(Communicator::world(), shape, test::rough, Boundary::sealed);
    CHECK_THROWS_AS(property::measure_permeability(run, image.pores, image.connectivity, {}), parallel::AgreedError);
    CHECK(memory.restart_points.empty());
}
