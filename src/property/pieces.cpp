// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "property/pieces.hpp"

#include "parallel/groups.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace lapilli::property {

namespace {

/// What a rank hears that a group must end at once: the run is asked to stop.
struct AskedToStop {};

/// The memory of ranks that work apart from the others. It keeps nothing, but ends their work when the run is asked to stop.
class ApartMemory : public Memory {
public:
    ApartMemory(const Memory& of_all, const parallel::Communicator& group) : of_all_(of_all), group_(group) {}

    std::optional<Record> recall(const StepName&, Slices) override { return {}; }
    void finish(const StepName&, const Record&, Slices) override {}
    std::optional<Record> resume(const StepName&, Slices) override { return {}; }
    void at_restart_point(const StepName&, const std::function<Record()>&, Slices) override { check(); }
    void before_restart_points() override { check(); }
    void after_iteration(int) override { check(); }

private:
    void check() const
    {
        if (group_.any(of_all_.asked_to_stop())) throw AskedToStop{};
    }
    const Memory& of_all_;
    const parallel::Communicator& group_;
};

/// What is found along an axis, as ranks send it to each other.
struct Found {
    bool percolates;
    bool converged;
    int iterations;
    double value;
    double error_estimate;
    double seconds;
};
using FoundAlong = std::array<Found, 3>;

FoundAlong found_of(const GridValues& values, const std::vector<SolveTime>& times)
{
    FoundAlong found{};
    for (const Axis axis : all_axes)
        if (const auto& along = values.axes[axis])
            found[index(axis)] = {true, along->converged, along->iterations, along->value, along->error_estimate, 0};
    for (const auto& time : times) found[index(time.axis)].seconds = time.seconds;
    return found;
}

Record record_of(const std::optional<GridValue>& along)
{
    if (!along) return {{"value", nullptr}};
    return {{"value", along->value},
            {"converged", along->converged},
            {"solver_error_estimate", along->error_estimate},
            {"iterations", along->iterations}};
}

std::optional<GridValue> along_of(const Record& record)
{
    if (record.at("value").is_null()) return std::nullopt;
    return GridValue{record.at("value").get<double>(), record.at("converged").get<bool>(),
                     record.at("solver_error_estimate").get<double>(), record.at("iterations").get<int>()};
}

/// Whether all that was solved of a piece has converged.
bool all_converged(const GridValues& values)
{
    return std::ranges::all_of(values.axes, [](const auto& along) { return !along || along->converged; });
}

/// The pieces at work.
class Pieces {
public:
    Pieces(Run& run, const GridProperty& property, std::span<const Piece> pieces)
        : run_(run), property_(property), pieces_(pieces), comm_(pieces.front().image->comm())
    {
    }

    std::optional<GridValues> recall(std::size_t piece);
    /// Each on a group of ranks of its own, in the order of both.
    /// @throws Error where the run is asked to stop; what was found until then is remembered
    std::vector<GridValues> solve(std::span<const std::size_t> some);
    int at_once() const;

private:
    Step step(std::size_t piece, Axis axis) const { return {run_.memory, {pieces_[piece].step, axis}}; }
    image::BrickSet bricks_for_me(std::span<const std::size_t> some, const parallel::Groups& groups) const;
    FoundAlong solve_mine(const Piece& piece, image::BrickSet bricks, const parallel::Communicator& group) const;
    std::vector<GridValues> take(std::span<const std::size_t> some, const parallel::Groups& groups,
                                 const std::vector<FoundAlong>& mine);
    GridValues keep(std::size_t piece, const FoundAlong& found);

    Run& run_;
    const GridProperty& property_;
    std::span<const Piece> pieces_;
    const parallel::Communicator& comm_;
};

int Pieces::at_once() const
{
    double most = 0;
    for (const auto& piece : pieces_) {
        constexpr double cells = 8, grown = 1.5; // as the plan of memory has it
        const double part = 1.0 * piece.block.shape().voxels() / piece.image->shape().voxels();
        most = std::max(most, part * (piece.halved ? cells : 1) * (piece.walls ? grown : 1));
    }
    return pieces_at_once(most, comm_.size());
}

std::optional<GridValues> Pieces::recall(std::size_t piece)
{
    GridValues values;
    for (const Axis axis : all_axes) {
        const auto known = step(piece, axis).recall();
        if (!known) return std::nullopt;
        values.axes[axis] = along_of(*known);
    }
    for (const Axis axis : all_axes)
        if (values.axes[axis]) run_.solve_times.push_back({.stage = pieces_[piece].step, .axis = axis, .recalled = true});
    values.converged = all_converged(values);
    return values;
}

GridValues Pieces::keep(std::size_t piece, const FoundAlong& found)
{
    GridValues values;
    for (const Axis axis : all_axes) {
        const auto& along = found[index(axis)];
        if (along.percolates) {
            values.axes[axis] = {along.value, along.converged, along.error_estimate, along.iterations};
            run_.solve_times.push_back({pieces_[piece].step, axis, along.seconds});
        }
        step(piece, axis).finish(record_of(values.axes[axis]));
    }
    values.converged = all_converged(values);
    return values;
}

/// What the groups have found, if they were not asked to stop.
std::vector<GridValues> Pieces::take(std::span<const std::size_t> some, const parallel::Groups& groups,
                                     const std::vector<FoundAlong>& mine)
{
    const auto found = comm_.gather_all(std::span<const FoundAlong>(mine));
    std::vector<int> from; // the groups that have something, in their order, as what they found
    if (!mine.empty()) from.push_back(groups.mine());
    from = comm_.gather_all(std::span<const int>(from));
    std::vector<GridValues> values;
    for (std::size_t i = 0; i < found.size(); ++i) values.push_back(keep(some[from[i]], found[i]));
    if (values.size() < some.size()) run_.memory->before_restart_points(); // it was asked to stop, and does
    return values;
}

image::BrickSet Pieces::bricks_for_me(std::span<const std::size_t> some, const parallel::Groups& groups) const
{
    std::vector<std::vector<std::uint64_t>> codes(comm_.size());
    std::vector<std::vector<brick::Mask>> masks(comm_.size());
    for (int group = 0; group < std::ssize(some); ++group) {
        const auto& piece = pieces_[some[group]];
        auto own = image::cut_out(*piece.image, piece.block);
        codes[groups.root(group)] = std::move(own.codes);
        masks[groups.root(group)] = std::move(own.masks);
    }
    image::BrickSet mine;
    for (const auto& from : comm_.exchange_all(codes)) mine.codes.insert(mine.codes.end(), from.begin(), from.end());
    for (const auto& from : comm_.exchange_all(masks)) mine.masks.insert(mine.masks.end(), from.begin(), from.end());
    return mine;
}

FoundAlong Pieces::solve_mine(const Piece& piece, image::BrickSet bricks, const parallel::Communicator& group) const
{
    auto shape = piece.block.shape();
    if (piece.halved) {
        shape = image::refined(shape);
        bricks = image::refine(bricks);
    }
    if (piece.walls) bricks = image::grown(group, shape, bricks, *piece.walls);
    const image::PoreSpace pores(group, shape, std::move(bricks), Boundary::sealed, piece.image->edges());
    std::optional<ApartMemory> memory;
    if (run_.memory != nullptr) memory.emplace(*run_.memory, group);
    Run own{.memory = memory ? &*memory : nullptr, .progress = run_.progress, .solves = piece.step};
    const double accuracy = accuracy_of_pieces(property_.accuracy);
    const auto values = piece.halved ? property_.solve_halved(own, pores, accuracy) : property_.solve(own, pores, accuracy);
    return found_of(values, own.solve_times);
}

std::vector<GridValues> Pieces::solve(std::span<const std::size_t> some)
{
    const parallel::Groups groups(comm_, std::ssize(some));
    const auto& group = groups.own();
    auto bricks = bricks_for_me(some, groups);
    std::vector<FoundAlong> mine;
    std::pair<int, std::string> error;
    const auto work = [&] {
        try {
            const auto found = solve_mine(pieces_[some[groups.mine()]], std::move(bricks), group);
            if (group.is_root()) mine.push_back(found);
        } catch (const AskedToStop&) { // what others have found is kept first
        }
    };
    if (group.size() == 1)
        error = parallel::detail::error_of(work);
    else
        work(); // a rank that is alone with its error must not wait for its group: it ends all, as anywhere
    comm_.agree(error.first, error.second);
    return take(some, groups, mine);
}

} // namespace

double accuracy_of_pieces(double asked) { return std::max(asked, 1e-3); }

int pieces_at_once(double cells, int ranks)
{
    const double ranks_of_one = std::max(1.0, std::ceil(cells * ranks));
    return std::max(1.0, std::floor(ranks / ranks_of_one));
}

std::vector<GridValues> solve_pieces(Run& run, const GridProperty& property, std::span<const Piece> pieces)
{
    std::vector<GridValues> values(pieces.size());
    if (pieces.empty()) return values;
    Pieces at_work(run, property, pieces);
    std::vector<std::size_t> waiting;
    for (std::size_t p = 0; p < pieces.size(); ++p)
        if (auto known = at_work.recall(p))
            values[p] = std::move(*known);
        else
            waiting.push_back(p);
    const std::size_t most = at_work.at_once();
    for (std::size_t first = 0; first < waiting.size(); first += most) {
        const auto some = std::span(waiting).subspan(first, std::min(most, waiting.size() - first));
        if (run.memory != nullptr) run.memory->before_restart_points();
        auto found = at_work.solve(some);
        for (std::size_t i = 0; i < some.size(); ++i) values[some[i]] = std::move(found[i]);
    }
    return values;
}

} // namespace lapilli::property
