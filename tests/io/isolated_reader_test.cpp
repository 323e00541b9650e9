// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/isolated_reader.hpp"

#include "copied_process.hpp"
#include "scratch.hpp"
#include "support/catch.hpp"

#include <array>
#include <atomic>
#include <csignal>
#include <random>

#include <hdf5.h>

using namespace lapilli;
using namespace lapilli::test;
using Opener = std::function<std::unique_ptr<format::ImageReader>()>;

namespace {

/// An image of 2x2x2 voxels whose reading does whatever is wanted.
class Specimen : public format::ImageReader {
public:
    explicit Specimen(std::function<void()> on_read = [] {}) : on_read_(std::move(on_read))
    {
        description_ = {.path = "a specimen",
                        .format = "none",
                        .shape = {2, 2, 2},
                        .voxel_edges_m = VoxelEdges{3e-6, 3e-6, 4e-6},
                        .remarks = {"!", "?"},
                        .voxel_remarks = {"flat"}};
    }
    bool streamed() const override { return false; }

protected:
    void load(PlaneRange planes, std::span<std::byte> voxels) override
    {
        on_read_();
        std::ranges::fill(voxels, static_cast<std::byte>(planes.first));
    }

private:
    std::function<void()> on_read_;
};

/// In a copy of this process, so that it may open what only this file knows.
std::unique_ptr<format::ImageReader> isolated(const Opener& open)
{
    const auto start =
        copied_process([&](const format::Pipe& pipe) { format::serve_isolated(pipe, open, std::chrono::seconds(1)); });
    return format::read_isolated("a.h5", std::make_unique<format::IsolatedProcess>(start));
}

Error error_of_reading(const std::function<void()>& on_read)
{
    const auto reader = isolated([&] { return std::make_unique<Specimen>(on_read); });
    return error_of([&] { read_planes(*reader, {0, 2}); });
}

[[noreturn]] void run_for_ever()
{
    for (std::atomic<int> turns{0};;) ++turns;
}

/// A packed HDF5 image of 3x4x5 voxels with an attribute.
std::string small_hdf5(const ScratchFolder& folder)
{
    const std::string path = folder / "a.h5";
    const std::array<hsize_t, 3> extent{3, 4, 5}, chunk{2, 4, 4};
    const hid_t file = H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    const hid_t space = H5Screate_simple(3, extent.data(), nullptr);
    const hid_t creation = H5Pcreate(H5P_DATASET_CREATE);
    H5Pset_chunk(creation, 3, chunk.data());
    H5Pset_deflate(creation, 4);
    const hid_t set = H5Dcreate2(file, "image", H5T_STD_U8LE, space, H5P_DEFAULT, creation, H5P_DEFAULT);
    H5Dwrite(set, H5T_NATIVE_INT32, H5S_ALL, H5S_ALL, H5P_DEFAULT, counted(60).data());
    H5Dclose(set);
    H5Pclose(creation);
    H5Sclose(space);
    H5Fclose(file);
    return bytes_in(path);
}

/// Damages up to three bytes at random.
void check_damaged_hdf5(int rounds, std::uint32_t seed)
{
    const ScratchFolder folder;
    const std::string whole = small_hdf5(folder);
    std::mt19937 random(seed);
    CapturedStderr captured(folder);
    bool good = true;
    for (int round = 0; round < rounds; ++round) {
        std::string bad = whole;
        for (unsigned damage = 1 + random() % 3; damage > 0; --damage)
            bad[random() % bad.size()] = static_cast<char>(random() % 4 == 0 ? 0xff : random() % 256);
        try {
            read_hdf5_in_a_copy(folder.write("bad.h5", bad));
        } catch (const Error& error) {
            good &= error.code() == ExitCode::wrong_input;
        }
    }
    CHECK(good);
    CHECK(captured.text().empty());
}

} // namespace

TEST_CASE("an image read in a process apart is the same image")
{
    const auto reader = isolated([] { return std::make_unique<Specimen>(); });
    const auto& image = reader->description();
    CHECK(image.path == "a specimen");
    CHECK(image.format == "none");
    CHECK(image.shape == Shape{2, 2, 2});
    CHECK(image.voxel_edges_m == VoxelEdges{3e-6, 3e-6, 4e-6});
    CHECK(image.remarks == std::vector<std::string>{"!", "?"});
    CHECK(image.voxel_remarks == std::vector<std::string>{"flat"});
    CHECK(read_planes(*reader, {1, 2}) == Labels{1, 1, 1, 1});
    CHECK(read_planes(*reader, {0, 2}) == Labels(8, 0));
    CHECK_THROWS_AS(read_planes(*reader, {1, 3}), Error);
}

TEST_CASE("what is refused in a process apart is refused here, in the same words")
{
    const Error opening =
        error_of([] { isolated([]() -> std::unique_ptr<format::ImageReader> { throw input_error("no image"); }); });
    CHECK(opening.code() == ExitCode::wrong_input);
    CHECK(opening.what() == std::string("no image"));
    const Error reading = error_of_reading([] { throw failure("disk full"); });
    CHECK(reading.code() == ExitCode::failed);
    CHECK(reading.what() == std::string("disk full"));
    CHECK(error_of_reading([] { throw std::bad_alloc(); }).code() == ExitCode::failed);
}

TEST_CASE("a library that crashes or never ends makes its file a damaged one")
{
    const Error opening = error_of([] {
        isolated([]() -> std::unique_ptr<format::ImageReader> {
            std::raise(SIGABRT);
            return nullptr;
        });
    });
    CHECK(opening.code() == ExitCode::wrong_input);
    CHECK_THAT(opening.what(), mentions("a.h5") && mentions("crashed") && mentions("Aborted"));
    const Error reading = error_of_reading([] { std::raise(SIGABRT); });
    CHECK(reading.code() == ExitCode::wrong_input);
    const Error endless = error_of_reading(run_for_ever);
    CHECK(endless.code() == ExitCode::wrong_input);
    CHECK_THAT(endless.what(), mentions("for ever"));
    CHECK(error_of_reading([] { std::raise(SIGKILL); }).code() ==
          ExitCode::failed); // as the system does where memory is short
}

TEST_CASE("an HDF5 file with damaged bytes gives labels or an error, and no word on stderr") { check_damaged_hdf5(300, 6); }

TEST_CASE("many HDF5 files with damaged bytes give labels or an error, and no word on stderr", "[slow]")
{
    check_damaged_hdf5(1500, 5);
}
