// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/hdf5/hdf5_packed.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace lapilli::format {
namespace {

/// In the order in which they are applied.
std::vector<H5Z_filter_t> filters_of(hid_t creation)
{
    std::vector<H5Z_filter_t> filters;
    for (int i = 0; i < H5Pget_nfilters(creation); ++i) {
        unsigned flags = 0, config = 0;
        std::size_t values = 0;
        filters.push_back(H5Pget_filter2(creation, static_cast<unsigned>(i), &flags, &values, nullptr, 0, nullptr, &config));
    }
    return filters;
}

} // namespace

bool is_packed_dataset(hid_t dataset, hid_t type, std::span<const hsize_t> chunk)
{
    const Hdf5Handle creation(H5Dget_create_plist(dataset), H5Pclose), stored(H5Dget_type(dataset), H5Tclose);
    if (!creation || !stored || H5Tequal(stored.get(), type) <= 0) return false;
    if (H5Pget_layout(creation.get()) != H5D_CHUNKED) return false;
    std::array<hsize_t, H5S_MAX_RANK> extent{};
    const int rank = H5Pget_chunk(creation.get(), static_cast<int>(extent.size()), extent.data());
    if (rank < 0 || !std::ranges::equal(chunk, std::span(extent).first(static_cast<std::size_t>(rank)))) return false;
    const auto filters = filters_of(creation.get());
    const std::array expected{H5Z_FILTER_SHUFFLE, H5Z_FILTER_DEFLATE}; // of bytes there is nothing to shuffle
    return std::ranges::equal(filters, std::span(expected).subspan(H5Tget_size(type) > 1 ? 0 : 1));
}

/// Both questions are answered from the index of the chunks: H5Dget_chunk_info_by_coord of HDF5 1.10 looks through all of
/// them. The second finds the chunk where the first has found it, which HDF5 remembers.
std::optional<std::size_t> read_packed_chunk(hid_t dataset, std::span<const hsize_t> corner, std::span<std::byte> packed)
{
    hsize_t bytes = 0;
    if (H5Dget_chunk_storage_size(dataset, corner.data(), &bytes) < 0 || bytes == 0 || bytes > packed.size())
        return std::nullopt;
    std::uint32_t filters_left_out = 0;
    if (H5Dread_chunk(dataset, H5P_DEFAULT, corner.data(), &filters_left_out, packed.data()) < 0) return std::nullopt;
    if (filters_left_out != 0) return std::nullopt;
    return static_cast<std::size_t>(bytes);
}

} // namespace lapilli::format
