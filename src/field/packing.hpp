// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "field/field.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

struct libdeflate_decompressor;

namespace lapilli::field {

/// How a field is cut into pieces that are packed one by one, so that a plane across any axis needs few of them: cubes of
/// 16³ voxels, like the bricks; less where the image is thinner.
struct Chunks {
    static constexpr std::int64_t edge = 16;

    explicit Chunks(const Shape& image);

    Shape image;
    Shape extent;                  ///< of one
    std::int64_t along_y, along_x; ///< how many there are in a layer
    std::int64_t in_layer() const { return along_y * along_x; }
};

/// The chunks of one layer, packed as HDF5 reads them: shuffled, then deflated.
struct PackedLayer {
    std::vector<std::int64_t> sizes; ///< of each chunk [bytes], x fastest; 0: all its values are zero
    std::vector<std::byte> bytes;    ///< of all, one after the other
};

/// @param values  planes of a layer, as many as it has, shape (n, ny, nx, components), x and then the components fastest
/// @throws Error no memory
PackedLayer pack(const Field& field, const Chunks& chunks, std::span<const std::byte> values);

/// Takes values out of packed chunks, one chunk after the other.
class Unpacker {
public:
    /// @param values  in a chunk, all components counted
    /// @throws Error no memory
    Unpacker(Field::Type type, std::int64_t values);

    /// Room for the bytes of a packed chunk, as large as any that pack() makes.
    std::span<std::byte> room() { return packed_; }
    /// Unpacks the first bytes of the room. False where they are damaged, or no chunk of that size.
    bool unpack(std::size_t bytes);
    /// Values of that chunk, from the one at `first` on.
    void take(std::int64_t first, std::span<float> values) const;

private:
    Field::Type type_;
    std::unique_ptr<libdeflate_decompressor, void (*)(libdeflate_decompressor*)> inflate_;
    std::vector<std::byte> shuffled_, packed_;
};

} // namespace lapilli::field
