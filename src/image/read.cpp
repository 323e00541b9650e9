// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "image/read.hpp"

#include "brick/cut.hpp"
#include "brick/morton.hpp"
#include "core/error.hpp"
#include "image/distribution.hpp"
#include "image/grey_scale.hpp"
#include "image/label_census.hpp"
#include "text/sentence.hpp"

#include <algorithm>
#include <memory>

namespace lapilli::image {

namespace {

/// A box of voxels inside the file.
struct Region {
    PerAxis<std::int64_t> first{};
    Shape shape;
};

Region region_of(const Shape& file, const PerAxis<Crop>& crop)
{
    Region region;
    PerAxis<std::int64_t> extent{};
    for (const Axis axis : all_axes) {
        const std::int64_t last = crop[axis].last.value_or(file.along(axis));
        if (crop[axis].first < 0 || crop[axis].first >= last || last > file.along(axis))
            throw input_error("--crop asks for {}:{} along {}, but the image has {} voxels there; give a range inside it",
                              crop[axis].first, last, name(axis), file.along(axis));
        region.first[axis] = crop[axis].first;
        extent[axis] = last - crop[axis].first;
    }
    region.shape = {extent[Axis::z], extent[Axis::y], extent[Axis::x]};
    return region;
}

/// Reads planes of the region in order and turns them into phases.
class RegionReader {
public:
    RegionReader(format::ImageReader& reader, const Region& region, LabelCensus& census)
        : reader_(reader), region_(region), census_(census)
    {
    }

    /// Phases of the planes (counted inside the region), shape (planes.count(), ny, nx) of the region.
    std::vector<std::uint8_t> read(PlaneRange planes)
    {
        const Shape& file = reader_.description().shape;
        const std::int64_t z = region_.first[Axis::z];
        if (reader_.streamed()) skip_to(z + planes.first);
        labels_.resize(planes.count() * file.plane());
        reader_.read({z + planes.first, z + planes.last}, labels_);
        next_plane_ = z + planes.last;
        std::vector<std::uint8_t> phases(planes.count() * region_.shape.plane());
        const std::size_t size = region_.shape.plane();
        for (std::int64_t p = 0; p < planes.count(); ++p)
            census_.take_plane(cropped(p), std::span(phases).subspan(p * size, size));
        return phases;
    }
    /// Reads a stream to its end: only then it is known to be whole.
    void finish()
    {
        if (reader_.streamed()) skip_to(reader_.description().shape.nz);
    }

private:
    void skip_to(std::int64_t plane)
    {
        labels_.resize(reader_.description().shape.plane());
        for (; next_plane_ < plane; ++next_plane_) reader_.read({next_plane_, next_plane_ + 1}, labels_);
    }
    std::span<const std::int32_t> cropped(std::int64_t plane)
    {
        const Shape& file = reader_.description().shape;
        const auto whole = std::span<const std::int32_t>(labels_).subspan(plane * file.plane(), file.plane());
        if (region_.shape.plane() == file.plane()) return whole;
        cropped_.clear();
        for (std::int64_t y = 0; y < region_.shape.ny; ++y) {
            const auto row = whole.begin() + (region_.first[Axis::y] + y) * file.nx + region_.first[Axis::x];
            cropped_.insert(cropped_.end(), row, row + region_.shape.nx);
        }
        return cropped_;
    }

    format::ImageReader& reader_;
    const Region& region_;
    LabelCensus& census_;
    std::int64_t next_plane_ = 0;
    std::vector<std::int32_t> labels_;
    std::vector<std::int32_t> cropped_;
};

void add_layer(const Shape& shape, std::int64_t first_plane, std::span<const std::uint8_t> phases, bool keep_phases,
               BrickSet& bricks)
{
    const std::int64_t planes = std::min<std::int64_t>(brick::edge, shape.nz - first_plane);
    brick::cut_layer(phases, planes, shape.ny, shape.nx, [&](std::int64_t bx, std::int64_t by, const brick::Mask& mask) {
        bricks.codes.push_back(brick::morton({bx, by, first_plane / brick::edge}));
        bricks.masks.push_back(mask);
        if (!keep_phases) return;
        for (int r = 0; r < brick::rows; ++r)
            for (unsigned bits = mask.row[r]; bits != 0; bits &= bits - 1) {
                const auto voxel =
                    (r / brick::edge * shape.ny + by * brick::edge + r % brick::edge) * shape.nx + bx * brick::edge;
                bricks.phases.push_back(phases[voxel + std::countr_zero(bits)]);
            }
    });
}

/// Calls layer(planes) for each layer of bricks of a slab.
template <class Layer>
void for_each_layer(PlaneRange slab, Layer&& layer)
{
    for (std::int64_t z = slab.first; z < slab.last; z += brick::edge)
        layer(PlaneRange{z, std::min(slab.last, z + brick::edge)});
}

/// One rank reads a compressed stream for all and sends every layer to the rank whose slab it is in.
void read_streamed(const parallel::Communicator& comm, const Shape& shape, RegionReader* reader, bool keep_phases,
                   BrickSet& bricks)
{
    for (int owner = 0; owner < comm.size(); ++owner)
        for_each_layer(slab_of(shape, owner, comm.size()), [&](PlaneRange planes) {
            std::vector<std::uint8_t> phases;
            comm.together([&] {
                if (comm.is_root()) phases = reader->read(planes);
            });
            if (comm.is_root() && owner != 0) comm.send(owner, std::span<const std::uint8_t>(phases));
            if (comm.rank() != owner) return;
            if (owner != 0) {
                phases.resize(planes.count() * shape.plane());
                comm.receive(0, std::span(phases));
            }
            add_layer(shape, planes.first, phases, keep_phases, bricks);
        });
    comm.together([&] {
        if (comm.is_root()) reader->finish();
    });
}

/// Of labels that nobody has named.
void check_phases(const LabelledImage& image, const Phases& phases)
{
    const bool uniform = image.labels.size() == 1;
    for (const auto& [label, phase] : phases) {
        if (image.labels.contains(label) || uniform) continue;
        if (looks_grey(image)) throw input_error("{}", grey_sentence(image));
        throw input_error("no voxel of {} has label {}; its labels are {}; name one of these with --pore or --conductivity",
                          image.description.path, label, image.labels_text());
    }
}

/// @throws Error machines on which the file, or what lies beside it, is not the same
void require_same_file(const parallel::Communicator& comm, const format::ImageDescription& image)
{
    auto mine = fmt::format("{} {}", text::shape_text(image.shape), image.format);
    if (const auto& edges = image.voxel_edges_m) // all digits: the solvers see them
        mine += fmt::format(" with voxels of {} x {} x {} m (x, y, z)", edges->x, edges->y, edges->z);
    auto first = mine;
    comm.broadcast(first);
    comm.together([&] {
        if (mine != first)
            throw input_error("{} is {} for process 0, but {} for process {}; give all machines the same files", image.path,
                              first, mine, comm.rank());
    });
}

} // namespace

std::int64_t LabelledImage::voxels_of(const Phases& phases) const
{
    std::int64_t voxels = 0;
    for (const auto& [label, count] : labels)
        if (phases.contains(label)) voxels += count;
    return voxels;
}

std::string LabelledImage::labels_text() const
{
    constexpr std::size_t most = 12;
    std::string text;
    std::size_t listed = 0;
    for (const auto& entry : labels) {
        if (++listed > most) return text + ", ...";
        text += fmt::format("{}{}", text.empty() ? "" : ", ", entry.first);
    }
    return text;
}

LabelledImage read_image(const parallel::Communicator& comm, const ImageSource& source, const Phases& phases,
                         const ShapeCheck& check)
{
    // 1. rank 0 looks first, so that a wrong name is one error and not a storm of them
    std::unique_ptr<format::ImageReader> reader;
    const auto open = [&] { reader = format::open_image(source.path, source.raw); };
    comm.together([&] {
        if (comm.is_root()) open();
    });
    comm.together([&] {
        if (!comm.is_root()) open();
    });
    require_same_file(comm, reader->description());

    // 2. layers of bricks, read where they belong or sent there
    LabelledImage image;
    image.description = reader->description();
    Region region;
    comm.together([&] { region = region_of(image.description.shape, source.crop); });
    image.shape = region.shape;
    if (check) check(image.description.shape, image.shape);
    LabelCensus census(phases);
    RegionReader planes(*reader, region, census);
    const bool keep_phases = std::any_of(phases.begin(), phases.end(), [](const auto& p) { return p.second > 1; });
    if (reader->streamed())
        read_streamed(comm, image.shape, &planes, keep_phases, image.bricks);
    else
        comm.together([&] {
            for_each_layer(slab_of(image.shape, comm.rank(), comm.size()), [&](PlaneRange layer) {
                add_layer(image.shape, layer.first, planes.read(layer), keep_phases, image.bricks);
            });
        });

    // 3. what the labels say
    auto [voxels, runs] = census.labels(comm);
    image.labels = std::move(voxels);
    image.runs = std::move(runs);
    image.digest = census.digest(comm, image.shape);
    comm.together([&] {
        if (!source.labels_meant) check_phases(image, phases);
    });
    return image;
}

} // namespace lapilli::image
