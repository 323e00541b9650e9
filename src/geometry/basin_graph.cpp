// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "geometry/access.hpp"
#include "geometry/basins.hpp"

#include <algorithm>
#include <bit>
#include <unordered_map>

namespace lapilli::geometry {

namespace {

using brick::edge;
using morphology::Shell;
using network::Contact;

/// The contacts of pieces that a rank finds: of each face between two voxels by the owner of the lower one.
template <class Level>
class Contacts {
public:
    Contacts(const KnownBricks& known, const Basins& basins, const network::Metric& metric)
        : known_(known), basins_(basins), metric_(metric)
    {
    }
    void add_brick(std::int32_t brick, const Tiles<Level>& distances);
    /// Of basins, combined.
    std::vector<Contact> take();

private:
    void add_row(int y, int z, unsigned bits, std::size_t axis);
    Contact& between(std::uint32_t a, std::uint32_t b, std::size_t axis, bool crosses);
    void add_face(Contact& contact, int x, int y, int z, std::size_t axis);

    const KnownBricks& known_;
    const Basins& basins_;
    const network::Metric& metric_;
    Shell<Level> levels_;
    Shell<std::uint32_t> pieces_;
    std::array<std::int64_t, 3> first_{};       ///< coordinates of the brick's first voxel
    std::array<std::int64_t, 3> last_inside_{}; ///< coordinates in the brick beyond which a periodic image begins again
    std::unordered_map<std::uint64_t, std::size_t> inside_;                ///< by pair of pieces
    std::array<std::unordered_map<std::uint64_t, std::size_t>, 3> across_; ///< those across a face of the image, by axis
    std::vector<Contact> contacts_;                                        ///< of pieces, seen from the image itself
};

template <class Level>
void Contacts<Level>::add_brick(std::int32_t brick, const Tiles<Level>& distances)
{
    gather_shell(known_, distances, brick, levels_);
    gather_shell(known_, basins_.piece, brick, pieces_);
    const auto& p = known_.place(brick);
    first_ = {p.x * edge, p.y * edge, p.z * edge};
    for (std::size_t k = 0; k < 3; ++k) last_inside_[k] = known_.grid().shape().along(all_axes[k]) - 1 - first_[k];
    for (int r = 0; r < brick::rows; ++r)
        for (std::size_t axis = 0; axis < 3; ++axis) add_row(r % edge, r / edge, known_.mask(brick).row[r], axis);
}

template <class Level>
void Contacts<Level>::add_row(int y, int z, unsigned bits, std::size_t axis)
{
    const auto* here = pieces_.row(y, z);
    const auto* next = axis == 0 ? here + 1 : axis == 1 ? pieces_.row(y + 1, z) : pieces_.row(y, z + 1);
    for (; bits != 0; bits &= bits - 1) {
        const int x = std::countr_zero(bits);
        if (next[x] == 0) continue;
        const bool crosses = std::array<int, 3>{x, y, z}[axis] == last_inside_[axis];
        if (next[x] != here[x] || crosses) add_face(between(here[x] - 1, next[x] - 1, axis, crosses), x, y, z, axis);
    }
}

template <class Level>
Contact& Contacts<Level>::between(std::uint32_t a, std::uint32_t b, std::size_t axis, bool crosses)
{
    auto& known = crosses ? across_[axis] : inside_;
    const auto [place, is_new] = known.try_emplace(std::uint64_t{a} << 32 | b, contacts_.size());
    if (is_new) {
        contacts_.push_back({.a = a, .b = b});
        if (crosses) contacts_.back().steps[axis] = 1;
    }
    return contacts_[place->second];
}

template <class Level>
void Contacts<Level>::add_face(Contact& contact, int x, int y, int z, std::size_t axis)
{
    const Level* row = levels_.row(y, z);
    const Level beside = axis == 0 ? row[x + 1] : axis == 1 ? levels_.row(y + 1, z)[x] : levels_.row(y, z + 1)[x];
    const std::int64_t level = std::min(row[x], beside), weight = metric_.face_weight[axis];
    contact.saddle = std::max(contact.saddle, level);
    ++contact.normal[axis];
    const std::array<int, 3> place{x, y, z};
    for (std::size_t k = 0; k < 3; ++k)
        contact.half_voxels[k] += weight * (2 * (first_[k] + place[k]) + (k == axis ? 1 : 0));
    contact.section.add(level, weight);
}

template <class Level>
std::vector<Contact> Contacts<Level>::take()
{
    const auto& shape = known_.grid().shape();
    std::vector<Contact> found;
    for (auto contact : contacts_) {
        const auto &a = basins_.pieces[contact.a], &b = basins_.pieces[contact.b];
        contact.a = a.basin;
        contact.b = b.basin;
        auto back = a.steps;
        for (std::size_t k = 0; k < 3; ++k) {
            contact.steps[k] += b.steps[k] - a.steps[k];
            back[k] = -a.steps[k];
        }
        if (contact.a == contact.b && contact.steps == morphology::ImageSteps{}) continue;
        move(contact, back, shape);
        orient(contact, shape);
        found.push_back(contact);
    }
    contacts_.clear();
    network::combine(found);
    return found;
}

template <class Level>
std::vector<network::Opening> openings_of(const KnownBricks& known, const Basins& basins, const Tiles<Level>& distances)
{
    std::vector<network::Opening> openings;
    if (known.grid().periodic()) return openings;
    for (const Axis axis : all_axes)
        for (const bool upper : {false, true})
            for (const auto voxel : pores_in_face(known, axis, upper)) {
                const auto basin = basins.pieces[basins.piece.values()[voxel] - 1].basin;
                openings.push_back({.region = basin, .face = 2 * index(axis) + (upper ? 1 : 0)});
                openings.back().section.add(distances.values()[voxel], 1);
            }
    network::combine(openings);
    return openings;
}

/// On rank 0 what all have together. Collective.
template <class Item>
std::vector<Item> on_root(const parallel::Communicator& comm, std::vector<Item> mine)
{
    std::vector<std::vector<Item>> outgoing(comm.size());
    outgoing[0] = std::move(mine);
    std::vector<Item> all;
    for (const auto& from : comm.exchange_all(outgoing)) all.insert(all.end(), from.begin(), from.end());
    if (comm.is_root()) network::combine(all);
    return all;
}

} // namespace

template <class Level>
network::Graph graph_of(const KnownBricks& known, const Basins& basins, const Tiles<Level>& distances,
                        const network::Metric& metric)
{
    const auto& comm = known.pores().comm();
    network::Graph graph;
    Contacts<Level> contacts(known, basins, metric);
    for (std::int32_t b = 0; b < known.owned(); ++b) contacts.add_brick(b, distances);
    graph.contacts = on_root(comm, contacts.take());
    graph.openings = on_root(comm, openings_of(known, basins, distances));

    std::vector<std::int64_t> voxels(basins.summits.size(), 0);
    for (std::size_t i = 0; i < known.owned() * tile_voxels; ++i)
        if (const auto piece = basins.piece.values()[i]; piece != 0) ++voxels[basins.pieces[piece - 1].basin];
    comm.sum(std::span(voxels));
    if (comm.is_root())
        for (std::size_t i = 0; i < voxels.size(); ++i)
            graph.regions.push_back({basins.summits[i].voxel, basins.summits[i].level, voxels[i]});
    return graph;
}

template network::Graph graph_of(const KnownBricks&, const Basins&, const Tiles<std::uint16_t>&, const network::Metric&);
template network::Graph graph_of(const KnownBricks&, const Basins&, const Tiles<std::uint32_t>&, const network::Metric&);

} // namespace lapilli::geometry
