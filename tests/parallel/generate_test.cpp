// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "image/distribution.hpp"
#include "image/generate.hpp"
#include "image/write.hpp"
#include "support/catch.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <cmath>

using namespace lapilli;
using namespace lapilli::image;
using parallel::Communicator;

namespace {

constexpr Shape tall{.nz = 67, .ny = 21, .nx = 38};

std::vector<Recipe> recipes(const Shape& shape)
{
    return {synthetic::Open{shape},
            synthetic::Layers{.shape = shape, .axis = Axis::z, .thickness = 3, .labels = {4, 0, 9}},
            synthetic::Slit{.shape = shape, .axis = Axis::z, .height = 1},
            synthetic::Tube{.shape = shape, .axis = Axis::x, .radius = synthetic::default_radius(shape, {}, Axis::x)},
            synthetic::RectangularDuct{.shape = shape, .axis = Axis::y, .width = 1, .height = 1},
            synthetic::RandomSpheres{.shape = shape, .porosity = 0.4, .radius = 3.2, .seed = 5},
            synthetic::RandomSpheres{.shape = shape, .porosity = 0.3, .radius = 6, .seed = 6, .invert = true},
            synthetic::Blobs{.shape = shape, .porosity = 0.25, .correlation = 5, .seed = 3},
            synthetic::Blobs{
                .shape = shape, .porosity = 0.25, .correlation = 5, .seed = 3, .edges = EdgeRatios(VoxelEdges{2, 1, 3})}};
}

/// The whole image on every rank.
std::vector<std::uint8_t> gathered(const Communicator& comm, const Recipe& recipe)
{
    return comm.gather_all<std::uint8_t>(generate(comm, recipe).labels);
}

double porosity(const Communicator& comm, const Recipe& recipe)
{
    return static_cast<double>(label_counts(comm, generate(comm, recipe))[0]) /
           static_cast<double>(shape_of(recipe).voxels());
}

/// Keeps what is appended; fails at the n-th piece if asked to.
class Keeper : public format::ImageWriter {
public:
    Keeper(const Shape& shape, int fail_at) : ImageWriter({.shape = shape}), fail_at_(fail_at) {}
    void append(std::span<const std::byte> voxels) override
    {
        if (fail_at_-- == 0) throw failure("the disk is full");
        for (const std::byte voxel : voxels) kept.push_back(std::to_integer<std::uint8_t>(voxel));
    }
    void finish() override { finished = true; }

    std::vector<std::uint8_t> kept;
    bool finished = false;

private:
    int fail_at_;
};

} // namespace

TEST_CASE("a generated image has the same bytes on any number of ranks", "[seven]")
{
    const auto comm = Communicator::world();
    for (const auto& recipe : recipes(tall)) {
        INFO(describe(recipe).kind);
        CHECK(gathered(comm, recipe) == generate(Communicator::self(), recipe).labels);
    }
    const synthetic::SphereArray array{.shape = {60, 20, 20}, .lattice = synthetic::Lattice::face_centred};
    CHECK(gathered(comm, array) == generate(Communicator::self(), array).labels);
}

TEST_CASE("images thinner than a brick, or of one voxel, are generated too")
{
    const auto comm = Communicator::world();
    for (const Shape& shape : {Shape{3, 20, 20}, Shape{40, 5, 5}, Shape{7, 7, 7}})
        for (const auto& recipe : recipes(shape)) {
            INFO(describe(recipe).kind);
            CHECK(gathered(comm, recipe) == generate(Communicator::self(), recipe).labels);
        }
    CHECK(gathered(comm, synthetic::Open{{1, 1, 1}}) == std::vector<std::uint8_t>{0});
    CHECK(gathered(comm, synthetic::Blobs{.shape = {1, 1, 1}, .porosity = 0.7, .correlation = 1}) ==
          std::vector<std::uint8_t>{0});
}

TEST_CASE("blobs meet the porosity to the voxel, spheres to half a sphere")
{
    const auto comm = Communicator::world();
    for (const double asked : {0.01, 0.2, 0.5, 0.9}) {
        const synthetic::Blobs blobs{.shape = tall, .porosity = asked, .correlation = 3};
        const auto voxels = static_cast<double>(tall.voxels());
        CHECK(porosity(comm, blobs) == std::round(asked * voxels) / voxels);
        for (const bool invert : {false, true}) {
            const synthetic::RandomSpheres spheres{.shape = tall, .porosity = asked, .radius = 3, .invert = invert};
            CHECK(porosity(comm, spheres) == Approx(asked).margin(0.5 * 123 / voxels)); // a sphere has at most 123 voxels
        }
    }
}

TEST_CASE("a fraction that rounds to nothing gives an image without it")
{
    const auto comm = Communicator::world();
    CHECK(porosity(comm, synthetic::RandomSpheres{.shape = {4, 4, 4}, .porosity = 0.999}) == 1);
    CHECK(porosity(comm, synthetic::Blobs{.shape = {4, 4, 4}, .porosity = 0.001, .correlation = 2}) == 0);
    CHECK(porosity(comm, synthetic::Blobs{.shape = {4, 4, 4}, .porosity = 0.999, .correlation = 2}) == 1);
}

TEST_CASE("a recipe that makes no sense is refused on every rank")
{
    const auto comm = Communicator::world();
    CHECK_THROWS_WITH(generate(comm, synthetic::Blobs{.shape = tall, .porosity = 2}), test::mentions("porosity"));
}

TEST_CASE("slabs are written in order, each voxel once", "[seven]")
{
    const auto comm = Communicator::world();
    const Recipe recipe = synthetic::RandomSpheres{.shape = tall, .radius = 4};
    const auto image = generate(comm, recipe);
    Keeper keeper(tall, -1);
    write_image(comm, {.shape = tall}, std::as_bytes(std::span(image.labels)), comm.is_root() ? &keeper : nullptr);
    const auto whole = gathered(comm, recipe);
    if (comm.is_root()) CHECK(keeper.kept == whole);
    CHECK_FALSE(keeper.finished); // that is for who knows what belongs with it
}

TEST_CASE("a disk that fills up while slabs arrive is an error on every rank, and the file is not finished")
{
    const auto comm = Communicator::world();
    const auto image = generate(comm, synthetic::Open{tall});
    Keeper keeper(tall, comm.size() / 2);
    CHECK_THROWS_WITH(
        write_image(comm, {.shape = tall}, std::as_bytes(std::span(image.labels)), comm.is_root() ? &keeper : nullptr),
        test::mentions("disk is full"));
    CHECK_FALSE(keeper.finished);
}

TEST_CASE("a file that cannot be made is refused on every rank before the work")
{
    const auto comm = Communicator::world();
    CHECK_THROWS_WITH(open_for_writing(comm, "image.xyz", {.shape = tall}), test::mentions("image.xyz"));
}
