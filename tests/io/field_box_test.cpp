// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// Boxes of fields, unpacked here or by HDF5, against HDF5 alone.
#include "field/field_box.hpp"
#include "field/packing.hpp"
#include "format/hdf5/hdf5_packed.hpp"

#include "scratch.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <random>
#include <span>
#include <string>
#include <vector>

using namespace lapilli;
using namespace lapilli::test;
using format::Hdf5Handle;

namespace {

constexpr Shape image_shape{21, 20, 37}; // three edges of chunks are cut off
constexpr Shape chunk_edge{16, 16, 16};

struct BoxStorage {
    int components = 1;
    bool bytes = false;       ///< instead of floats
    Shape chunk = chunk_edge; ///< of voxels
    bool shuffled = true;     ///< unless of bytes
    bool checked = false;     ///< by a checksum behind each chunk
    double where_nothing_is = 0;
};

std::vector<hsize_t> extent_with(const Shape& voxels, int components)
{
    const auto length = [](std::int64_t n) { return static_cast<hsize_t>(n); };
    std::vector<hsize_t> extent{length(voxels.nz), length(voxels.ny), length(voxels.nx)};
    if (components > 1) extent.push_back(length(components));
    return extent;
}

/// A file with a field, written by HDF5, and what is read of it.
class FieldFile {
public:
    FieldFile(const std::string& path, const BoxStorage& storage)
        : components_(storage.components), file_(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT), H5Fclose)
    {
        const Hdf5Handle creation(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
        const auto extent = extent_with(image_shape, components_), chunk = extent_with(storage.chunk, components_);
        H5Pset_chunk(creation.get(), static_cast<int>(chunk.size()), chunk.data());
        if (storage.shuffled && !storage.bytes) H5Pset_shuffle(creation.get());
        H5Pset_deflate(creation.get(), 1);
        if (storage.checked) H5Pset_fletcher32(creation.get());
        if (storage.where_nothing_is != 0) H5Pset_fill_value(creation.get(), H5T_NATIVE_DOUBLE, &storage.where_nothing_is);
        const Hdf5Handle space(H5Screate_simple(static_cast<int>(extent.size()), extent.data(), nullptr), H5Sclose);
        dataset_ = Hdf5Handle(H5Dcreate2(file_.get(), "pressure", storage.bytes ? H5T_STD_U8LE : H5T_IEEE_F32LE, space.get(),
                                         H5P_DEFAULT, creation.get(), H5P_DEFAULT),
                              H5Dclose);
    }

    /// HDF5 1.10 forgets, until then, which filters a chunk went past.
    void open_again(const std::string& path)
    {
        dataset_.close();
        file_.close();
        file_ = Hdf5Handle(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose);
        dataset_ = Hdf5Handle(H5Dopen2(file_.get(), "pressure", H5P_DEFAULT), H5Dclose);
    }
    hid_t dataset() const { return dataset_.get(); }
    std::vector<float> ours(const field::Box& box) const
    {
        const format::QuietHdf5 quiet;
        return field::read_box(dataset(), "pressure", {.shape = image_shape, .components = components_}, box);
    }
    std::vector<float> by_hdf5(const field::Box& box) const
    {
        std::vector<float> values(box.extent.voxels() * components_);
        CHECK(transfer(box, [&](auto... how) { return H5Dread(how..., values.data()); }));
        return values;
    }
    /// Numbers of all sizes; zeros between them.
    void fill(const field::Box& box) const
    {
        std::mt19937 random(3);
        std::vector<float> values(box.extent.voxels() * components_);
        for (auto& v : values)
            if (random() % 3 != 0)
                v = H5Tget_size(Hdf5Handle(H5Dget_type(dataset()), H5Tclose).get()) == 1
                        ? static_cast<float>(random() % 256)
                        : std::bit_cast<float>(static_cast<std::uint32_t>(random() & 0xbfffffff)); // no NaN
        CHECK(transfer(box, [&](auto... how) { return H5Dwrite(how..., values.data()); }));
    }

private:
    template <class Move>
    bool transfer(const field::Box& box, const Move& move) const
    {
        auto start = extent_with(box.first, components_);
        if (components_ > 1) start.back() = 0;
        const auto count = extent_with(box.extent, components_);
        const Hdf5Handle stored(H5Dget_space(dataset()), H5Sclose),
            memory(H5Screate_simple(static_cast<int>(count.size()), count.data(), nullptr), H5Sclose);
        H5Sselect_hyperslab(stored.get(), H5S_SELECT_SET, start.data(), nullptr, count.data(), nullptr);
        return move(dataset(), H5T_NATIVE_FLOAT, memory.get(), stored.get(), H5P_DEFAULT) >= 0;
    }

    int components_;
    Hdf5Handle file_, dataset_;
};

constexpr field::Box whole_image{.first = {0, 0, 0}, .extent = image_shape};

/// Every plane, and boxes that begin and end within chunks.
std::vector<field::Box> all_boxes()
{
    std::vector<field::Box> all{
        whole_image, {.first = {3, 15, 14}, .extent = {14, 2, 20}}, {.first = {20, 19, 36}, .extent = {1, 1, 1}}};
    for (std::int64_t z = 0; z < image_shape.nz; ++z)
        all.push_back({.first = {z, 0, 0}, .extent = {1, image_shape.ny, image_shape.nx}});
    for (std::int64_t y = 0; y < image_shape.ny; ++y)
        all.push_back({.first = {0, y, 0}, .extent = {image_shape.nz, 1, image_shape.nx}});
    for (std::int64_t x = 0; x < image_shape.nx; ++x)
        all.push_back({.first = {0, 0, x}, .extent = {image_shape.nz, image_shape.ny, 1}});
    return all;
}

bool same_everywhere(const FieldFile& file)
{
    return std::ranges::all_of(all_boxes(), [&](const field::Box& box) { return file.ours(box) == file.by_hdf5(box); });
}

/// A chunk in the place of another one, of bytes that are not packed by HDF5 now.
void replace_first_chunk(const FieldFile& file, const std::string& bytes, std::uint32_t filters_left_out)
{
    const std::array<hsize_t, 3> corner{0, 0, 0};
    CHECK(H5Dwrite_chunk(file.dataset(), H5P_DEFAULT, filters_left_out, corner.data(), bytes.size(), bytes.data()) >= 0);
}

std::string first_chunk(const FieldFile& file)
{
    std::string bytes(chunk_edge.voxels() * 8, '\0');
    const std::array<hsize_t, 3> corner{0, 0, 0};
    bytes.resize(format::read_packed_chunk(file.dataset(), corner, std::as_writable_bytes(std::span(bytes))).value());
    return bytes;
}

} // namespace

TEST_CASE("boxes of fields are those that HDF5 reads, however the fields are stored")
{
    const ScratchFolder folder;
    for (const auto& storage :
         {BoxStorage{}, BoxStorage{.components = 3}, BoxStorage{.bytes = true}, BoxStorage{.chunk = {16, 16, 8}},
          BoxStorage{.shuffled = false}, BoxStorage{.checked = true}, BoxStorage{.where_nothing_is = 1}}) {
        const FieldFile file(folder / "fields.h5", storage);
        CHECK(same_everywhere(file)); // nothing is written
        file.fill({.first = {17, 2, 3}, .extent = {2, 5, 20}});
        CHECK(same_everywhere(file)); // most chunks are missing
        file.fill(whole_image);
        CHECK(same_everywhere(file));
    }
}

TEST_CASE("chunks are unpacked without HDF5 where they are as this program packs them")
{
    const ScratchFolder folder;
    const std::array<hsize_t, 3> chunk{16, 16, 16}, narrow{16, 16, 8};
    const FieldFile file(folder / "fields.h5", {}), plain(folder / "plain.h5", {.shuffled = false}),
        checked(folder / "checked.h5", {.checked = true});
    CHECK(format::is_packed_dataset(file.dataset(), H5T_IEEE_F32LE, chunk));
    CHECK(!format::is_packed_dataset(file.dataset(), H5T_STD_U8LE, chunk));
    CHECK(!format::is_packed_dataset(file.dataset(), H5T_IEEE_F32LE, narrow));
    CHECK(!format::is_packed_dataset(plain.dataset(), H5T_IEEE_F32LE, chunk));
    CHECK(!format::is_packed_dataset(checked.dataset(), H5T_IEEE_F32LE, chunk));
    file.fill(whole_image);
    field::Unpacker unpacker(field::Field::Type::f32, chunk_edge.voxels());
    const auto bytes = format::read_packed_chunk(file.dataset(), std::array<hsize_t, 3>{0, 0, 0}, unpacker.room());
    CHECK(bytes);
    CHECK(unpacker.unpack(bytes.value_or(0)));
    std::vector<float> row(16);
    unpacker.take(16, row); // the second one
    CHECK(row == file.by_hdf5({.first = {0, 1, 0}, .extent = {1, 1, 16}}));
    CHECK(!unpacker.unpack(bytes.value_or(0) / 2));
}

TEST_CASE("a chunk that is cut off, too large or damaged is an error, and those beside it are read")
{
    const ScratchFolder folder;
    const field::Box beside{.first = {0, 16, 0}, .extent = {21, 4, 37}};
    const FieldFile good(folder / "good.h5", {});
    good.fill(whole_image);
    const auto bytes = first_chunk(good);
    auto damaged = bytes;
    damaged[damaged.size() / 2] ^= 0x10;
    for (const auto& chunk : {bytes.substr(0, bytes.size() / 2), bytes.substr(0, 1), damaged, std::string(1 << 20, 'x')}) {
        const FieldFile file(folder / "fields.h5", {});
        file.fill(whole_image);
        replace_first_chunk(file, chunk, 0);
        CHECK(file.ours(beside) == good.by_hdf5(beside));
        const auto error = error_of([&] { file.ours(whole_image); });
        CHECK(error.code() == ExitCode::wrong_input);
        CHECK_THAT(error.what(), mentions("field pressure cannot be read"));
        CHECK_THAT(error.what(), !mentions("no reason"));
    }
}

TEST_CASE("a chunk that went past a filter is read by HDF5")
{
    const ScratchFolder folder;
    FieldFile file(folder / "fields.h5", {});
    replace_first_chunk(file, std::string(chunk_edge.voxels() * sizeof(float), '\1'), 3); // neither shuffled nor deflated
    file.open_again(folder / "fields.h5");
    CHECK(file.ours(whole_image).front() == std::bit_cast<float>(0x01010101));
    CHECK(same_everywhere(file));
}
