// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "field/field_box.hpp"

#include "core/error.hpp"
#include "field/packing.hpp"
#include "format/hdf5/hdf5_packed.hpp"

#include <algorithm>
#include <array>
#include <future>
#include <mutex>
#include <optional>
#include <span>
#include <thread>
#include <utility>

namespace lapilli::field {

namespace {

using format::Hdf5Handle;

/// As HDF5 takes it; of a scalar it takes three numbers.
std::array<hsize_t, 4> numbers_of(const Shape& shape, int components)
{
    const auto number = [](std::int64_t n) { return static_cast<hsize_t>(n); };
    return {number(shape.nz), number(shape.ny), number(shape.nx), number(components)};
}

/// Nothing where a field is stored in another way than this program does it.
std::optional<Field::Type> packed_type(hid_t dataset, int components, const Shape& chunk)
{
    const auto extent = numbers_of(chunk, components);
    const auto of_chunk = std::span(extent).first(components > 1 ? 4 : 3);
    if (format::is_packed_dataset(dataset, H5T_IEEE_F32LE, of_chunk)) return Field::Type::f32;
    if (format::is_packed_dataset(dataset, H5T_STD_U8LE, of_chunk)) return Field::Type::u8;
    return std::nullopt;
}

/// What is in both.
Box overlap(const Box& a, const Box& b)
{
    const auto begin = [&](auto axis) { return std::max(a.first.*axis, b.first.*axis); };
    const auto length = [&](auto axis) {
        return std::min(a.first.*axis + a.extent.*axis, b.first.*axis + b.extent.*axis) - begin(axis);
    };
    return {.first = {begin(&Shape::nz), begin(&Shape::ny), begin(&Shape::nx)},
            .extent = {length(&Shape::nz), length(&Shape::ny), length(&Shape::nx)}};
}

/// The chunks that have voxels of a box.
std::vector<Box> chunks_of(const Box& box, const Shape& chunk)
{
    std::vector<Box> chunks;
    const auto& [first, extent] = box;
    for (auto z = first.nz / chunk.nz * chunk.nz; z < first.nz + extent.nz; z += chunk.nz)
        for (auto y = first.ny / chunk.ny * chunk.ny; y < first.ny + extent.ny; y += chunk.ny)
            for (auto x = first.nx / chunk.nx * chunk.nx; x < first.nx + extent.nx; x += chunk.nx)
                chunks.push_back({.first = {z, y, x}, .extent = chunk});
    return chunks;
}

/// The values of a box while they are collected, part by part.
class Collection {
public:
    Collection(const Box& box, int components)
        : box_(box), components_(components), values_(box.extent.voxels() * components)
    {
    }

    /// @throws Error
    void read(hid_t dataset, const std::string& name, const Box& part)
    {
        const Shape within{part.first.nz - box_.first.nz, part.first.ny - box_.first.ny, part.first.nx - box_.first.nx};
        const auto begin = numbers_of(part.first, 0), to = numbers_of(within, 0),
                   count = numbers_of(part.extent, components_), extent = numbers_of(box_.extent, components_);
        const Hdf5Handle stored(H5Dget_space(dataset), H5Sclose);
        const Hdf5Handle memory(H5Screate_simple(components_ > 1 ? 4 : 3, extent.data(), nullptr), H5Sclose);
        if (H5Sselect_hyperslab(stored.get(), H5S_SELECT_SET, begin.data(), nullptr, count.data(), nullptr) < 0 ||
            H5Sselect_hyperslab(memory.get(), H5S_SELECT_SET, to.data(), nullptr, count.data(), nullptr) < 0 ||
            H5Dread(dataset, H5T_NATIVE_FLOAT, memory.get(), stored.get(), H5P_DEFAULT, values_.data()) < 0)
            throw input_error("the field {} cannot be read ({}); fields.h5 was cut off or is damaged", name,
                              format::hdf5_reason());
    }
    /// Takes a part, row by row, out of the chunk that has been unpacked.
    void take(const Unpacker& unpacker, const Box& chunk, const Box& part)
    {
        const Shape first = part.first, extent = part.extent;
        const auto place = [&](const Box& in, std::int64_t z, std::int64_t y) {
            return (((z - in.first.nz) * in.extent.ny + y - in.first.ny) * in.extent.nx + first.nx - in.first.nx) *
                   components_;
        };
        for (std::int64_t z = first.nz; z < first.nz + extent.nz; ++z)
            for (std::int64_t y = first.ny; y < first.ny + extent.ny; ++y)
                unpacker.take(place(chunk, z, y), std::span(values_).subspan(place(box_, z, y), extent.nx * components_));
    }
    std::vector<float> values() && { return std::move(values_); }

private:
    Box box_;
    int components_;
    std::vector<float> values_;
};

/// As many as help: the fourth waits for HDF5.
int threads_for(std::size_t chunks)
{
    constexpr std::size_t enough = 16; // chunks for one, which takes as long as to start another
    return static_cast<int>(
        std::clamp<std::size_t>(std::min(chunks / enough, std::size_t{std::thread::hardware_concurrency()}), 1, 3));
}

} // namespace

std::vector<float> read_box(hid_t dataset, const std::string& name, const FieldLayout& layout, const Box& box)
{
    Collection collection(box, layout.components);
    const Shape extent = Chunks(layout.shape).extent;
    const auto type = packed_type(dataset, layout.components, extent);
    if (!type) {
        collection.read(dataset, name, box);
        return std::move(collection).values();
    }
    const auto chunks = chunks_of(box, extent);
    std::mutex at_hdf5; // which one thread may ask at a time; unpacking takes longer
    std::size_t next = 0;
    const auto collect = [&] {
        Unpacker unpacker(*type, extent.voxels() * layout.components);
        std::unique_lock lock(at_hdf5);
        while (next < chunks.size()) {
            const auto& chunk = chunks[next++];
            const auto part = overlap(chunk, box);
            const auto bytes = format::read_packed_chunk(dataset, numbers_of(chunk.first, 0), unpacker.room());
            lock.unlock();
            const bool unpacked = bytes && unpacker.unpack(*bytes);
            if (unpacked) collection.take(unpacker, chunk, part);
            lock.lock();
            if (!unpacked) collection.read(dataset, name, part);
        }
    };
    std::vector<std::future<void>> others;
    for (int i = 1; i < threads_for(chunks.size()); ++i) others.push_back(std::async(std::launch::async, collect));
    collect();
    for (auto& other : others) other.get();
    return std::move(collection).values();
}

} // namespace lapilli::field
