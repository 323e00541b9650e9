// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "geometry/basins.hpp"

#include "geometry/ascent.hpp"

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <map>
#include <tuple>

namespace lapilli::geometry {

namespace {

using morphology::ImageSteps;

ImageSteps sum(ImageSteps a, const ImageSteps& b)
{
    for (std::size_t k = 0; k < 3; ++k) a[k] += b[k];
    return a;
}

/// How many repetitions of a periodic image further a voxel stands as seen from a neighbour of it. Where an image is so thin
/// that a neighbour is on both sides, the ways up stay inside.
ImageSteps repetitions_between(const KnownBricks& known, std::uint32_t from, std::uint32_t to)
{
    ImageSteps steps{};
    if (!known.grid().periodic()) return steps;
    const auto a = coordinates_of(known, from), b = coordinates_of(known, to);
    for (std::size_t k = 0; k < 3; ++k)
        if (std::abs(a[k] - b[k]) > 1) steps[k] = b[k] < a[k] ? 1 : -1;
    return steps;
}

/// Follows the ways up to their ends, on this rank and on those that they lead to.
class Ways {
public:
    Ways(const KnownBricks& known, Tiles<std::uint32_t> up) : known_(known), up_(std::move(up)), end_(known.size()) {}

    void follow_own();
    /// Collective.
    void ask_others();
    Tiles<std::uint32_t>& end() { return end_; }

    /// Where ways end: at a summit, or for the time being at a voxel of another rank.
    struct End {
        std::int64_t summit = 0; ///< number in the image, once it is found
        ImageSteps steps{};      ///< repetitions further than the voxels that it is the end of
        int rank = 0;
        std::uint32_t voxel = 0; ///< as that rank numbers it
        bool found = false;
    };
    const std::vector<End>& ends() const { return ends_; }

private:
    bool own(std::uint32_t voxel) const { return voxel < known_.owned() * tile_voxels; }
    void follow(std::uint32_t voxel);
    std::uint32_t end_at(std::uint32_t voxel);
    std::uint32_t seen_across(std::uint32_t end, const ImageSteps& steps);

    const KnownBricks& known_;
    Tiles<std::uint32_t> up_;  ///< of own voxels
    Tiles<std::uint32_t> end_; ///< 1 + index of the end; 0: not followed yet
    std::vector<End> ends_;
    std::map<std::tuple<int, std::uint32_t, ImageSteps>, std::uint32_t> seen_across_;
    std::vector<std::uint32_t> path_;
};

void Ways::follow_own()
{
    for (std::int32_t b = 0; b < known_.owned(); ++b)
        for (int r = 0; r < brick::rows; ++r)
            for (unsigned bits = known_.mask(b).row[r]; bits != 0; bits &= bits - 1) {
                const std::uint32_t voxel = b * tile_voxels + r * brick::edge + std::countr_zero(bits);
                if (end_.values()[voxel] == 0) follow(voxel);
            }
    up_ = Tiles<std::uint32_t>();
}

void Ways::follow(std::uint32_t voxel)
{
    auto& end = end_.values();
    path_.clear();
    while (end[voxel] == 0) {
        const auto next = own(voxel) ? up_.values()[voxel] : voxel;
        if (next == voxel) {
            end[voxel] = end_at(voxel);
            break;
        }
        path_.push_back(voxel);
        voxel = next;
    }
    for (auto from = path_.rbegin(); from != path_.rend(); ++from) {
        end[*from] = seen_across(end[voxel], repetitions_between(known_, *from, voxel));
        voxel = *from;
    }
}

std::uint32_t Ways::end_at(std::uint32_t voxel)
{
    const auto brick = static_cast<std::int32_t>(voxel / tile_voxels);
    End end{.rank = known_.owner(brick),
            .voxel = static_cast<std::uint32_t>(known_.index_at_owner(brick) * tile_voxels + voxel % tile_voxels),
            .found = own(voxel)};
    if (end.found) end.summit = number_of(known_, voxel);
    ends_.push_back(end);
    return static_cast<std::uint32_t>(ends_.size());
}

/// The same end, so many repetitions further.
std::uint32_t Ways::seen_across(std::uint32_t end, const ImageSteps& steps)
{
    if (steps == ImageSteps{}) return end;
    auto moved = ends_[end - 1];
    moved.steps = sum(moved.steps, steps);
    const auto [place, is_new] =
        seen_across_.try_emplace({moved.rank, moved.voxel, moved.steps}, static_cast<std::uint32_t>(ends_.size() + 1));
    if (is_new) ends_.push_back(moved);
    return place->second;
}

/// Asks the owners of the voxels at which ways leave, and whom these name, until all summits are known. Who is asked answers
/// with what it knows by then, so that the ways that are left get short fast.
void Ways::ask_others()
{
    const auto& comm = known_.pores().comm();
    for (;;) {
        std::vector<std::vector<std::uint32_t>> questions(comm.size());
        std::vector<std::vector<std::size_t>> asked(comm.size());
        for (std::size_t i = 0; i < ends_.size(); ++i) {
            if (ends_[i].found) continue;
            questions[ends_[i].rank].push_back(ends_[i].voxel);
            asked[ends_[i].rank].push_back(i);
        }
        if (!comm.any(std::any_of(asked.begin(), asked.end(), [](const auto& a) { return !a.empty(); }))) return;
        std::vector<std::vector<End>> answers;
        for (const auto& from : comm.exchange_all(questions)) {
            auto& to = answers.emplace_back();
            for (const auto voxel : from) to.push_back(ends_[end_.values()[voxel] - 1]);
        }
        const auto told = comm.exchange_all(answers);
        for (std::size_t rank = 0; rank < told.size(); ++rank)
            for (std::size_t i = 0; i < told[rank].size(); ++i) {
                auto& end = ends_[asked[rank][i]];
                const auto steps = sum(end.steps, told[rank][i].steps);
                end = told[rank][i];
                end.steps = steps;
            }
    }
}

/// What all ranks have together, in order, each once. Collective.
template <class Item>
std::vector<Item> united(const parallel::Communicator& comm, std::vector<Item> mine)
{
    const auto sort = [](std::vector<Item>& items) {
        std::sort(items.begin(), items.end());
        items.erase(std::unique(items.begin(), items.end()), items.end());
    };
    sort(mine);
    auto all = comm.gather_all(std::span<const Item>(mine));
    sort(all);
    return all;
}

} // namespace

template <class Level>
Basins find_basins(const KnownBricks& known, const GhostLayers& ghosts, const Tiles<Level>& distances,
                   Tiles<morphology::Key<Level>> keys)
{
    const auto& comm = known.pores().comm();
    auto up = ways_up(known, ghosts, std::move(keys)); // a statement of its own: its end is that of the keys
    Ways ways(known, std::move(up));
    ways.follow_own();
    ways.ask_others();

    Basins basins;
    std::vector<Basins::Summit> own;
    for (const auto& end : ways.ends())
        if (end.rank == comm.rank() && end.steps == ImageSteps{}) own.push_back({end.summit, distances.values()[end.voxel]});
    basins.summits = comm.gather_all(std::span<const Basins::Summit>(own));
    const auto before = [](const auto& a, const auto& b) { return a.voxel < b.voxel; };
    std::sort(basins.summits.begin(), basins.summits.end(), before);
    basins.summits.erase(std::unique(basins.summits.begin(), basins.summits.end(),
                                     [](const auto& a, const auto& b) { return a.voxel == b.voxel; }),
                         basins.summits.end());

    std::vector<Basins::Piece> pieces; // of the ends
    for (const auto& end : ways.ends()) {
        const auto summit =
            std::lower_bound(basins.summits.begin(), basins.summits.end(), Basins::Summit{end.summit, 0}, before);
        pieces.push_back({static_cast<std::uint32_t>(summit - basins.summits.begin()), end.steps});
    }
    basins.pieces = united(comm, pieces);
    std::vector<std::uint32_t> number; // of each end
    for (const auto& piece : pieces) {
        const auto place = std::lower_bound(basins.pieces.begin(), basins.pieces.end(), piece);
        number.push_back(static_cast<std::uint32_t>(place - basins.pieces.begin() + 1));
    }
    basins.piece = std::move(ways.end());
    for (auto& value : basins.piece.values())
        if (value != 0) value = number[value - 1];
    ghosts.fill(basins.piece);
    return basins;
}

template Basins find_basins(const KnownBricks&, const GhostLayers&, const Tiles<std::uint16_t>&, Tiles<std::uint32_t>);
template Basins find_basins(const KnownBricks&, const GhostLayers&, const Tiles<std::uint32_t>&, Tiles<std::uint64_t>);

} // namespace lapilli::geometry
