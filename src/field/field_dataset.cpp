// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "field/field_dataset.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace lapilli::field {

namespace {

using format::Hdf5Handle;

constexpr hsize_t longest_edge = 65'536;
constexpr std::size_t most_chunk_bytes = 64'000'000, longest_text = 4096;

/// Whether the values lie in this file, as they are or shuffled and deflated.
bool is_stored_here(hid_t dataset, hid_t type)
{
    const Hdf5Handle creation(H5Dget_create_plist(dataset), H5Pclose);
    const auto layout = H5Pget_layout(creation.get());
    if (layout == H5D_CONTIGUOUS) return H5Pget_external_count(creation.get()) == 0;
    if (layout != H5D_CHUNKED) return false;
    std::array<hsize_t, 4> chunk{1, 1, 1, 1};
    if (H5Pget_chunk(creation.get(), static_cast<int>(chunk.size()), chunk.data()) < 0) return false;
    double bytes = static_cast<double>(H5Tget_size(type));
    for (const auto n : chunk) bytes *= static_cast<double>(n);
    if (bytes > static_cast<double>(most_chunk_bytes)) return false;
    for (int i = 0; i < H5Pget_nfilters(creation.get()); ++i) {
        unsigned flags = 0, config = 0;
        std::size_t values = 0;
        const auto filter =
            H5Pget_filter2(creation.get(), static_cast<unsigned>(i), &flags, &values, nullptr, 0, nullptr, &config);
        if (filter != H5Z_FILTER_SHUFFLE && filter != H5Z_FILTER_DEFLATE && filter != H5Z_FILTER_FLETCHER32) return false;
    }
    return true;
}

bool is_number(hid_t type)
{
    const auto kind = H5Tget_class(type);
    return (kind == H5T_FLOAT || kind == H5T_INTEGER) && H5Tget_size(type) <= 8;
}

} // namespace

Hdf5Handle open_field(hid_t file, const std::string& name)
{
    const Hdf5Handle object(H5Oopen(file, name.c_str(), H5P_DEFAULT), H5Oclose);
    if (!object || H5Iget_type(object.get()) != H5I_DATASET) return {};
    return {H5Dopen2(file, name.c_str(), H5P_DEFAULT), H5Dclose};
}

std::optional<FieldLayout> layout_of(hid_t dataset)
{
    const Hdf5Handle space(H5Dget_space(dataset), H5Sclose), type(H5Dget_type(dataset), H5Tclose);
    const int rank = H5Sget_simple_extent_ndims(space.get());
    std::array<hsize_t, 4> extent{1, 1, 1, 1};
    if (!is_number(type.get()) || (rank != 3 && rank != 4) ||
        H5Sget_simple_extent_dims(space.get(), extent.data(), nullptr) != rank)
        return std::nullopt;
    if ((rank == 4 && extent[3] != 3) || std::ranges::any_of(extent, [](hsize_t n) { return n == 0 || n > longest_edge; }))
        return std::nullopt;
    if (!is_stored_here(dataset, type.get())) return std::nullopt;
    const auto length = [&](std::size_t i) { return static_cast<std::int64_t>(extent[i]); };
    return FieldLayout{.shape = {length(0), length(1), length(2)}, .components = rank == 4 ? 3 : 1};
}

std::string text_attribute(hid_t object, const char* name)
{
    if (H5Aexists(object, name) <= 0) return {};
    const Hdf5Handle attribute(H5Aopen(object, name, H5P_DEFAULT), H5Aclose);
    const Hdf5Handle type(H5Aget_type(attribute.get()), H5Tclose), space(H5Aget_space(attribute.get()), H5Sclose);
    if (H5Tget_class(type.get()) != H5T_STRING || H5Sget_simple_extent_npoints(space.get()) != 1) return {};
    if (H5Tis_variable_str(type.get()) > 0) {
        char* words = nullptr;
        if (H5Aread(attribute.get(), type.get(), static_cast<void*>(&words)) < 0 || words == nullptr) return {};
        const std::string text(words, std::find(words, words + longest_text, '\0'));
        H5free_memory(words);
        return text;
    }
    const auto size = H5Tget_size(type.get());
    if (size == 0 || size > longest_text) return {};
    std::string text(size, '\0');
    if (H5Aread(attribute.get(), type.get(), text.data()) < 0) return {};
    return text.substr(0, text.find('\0'));
}

std::vector<double> numbers_attribute(hid_t object, const char* name)
{
    if (H5Aexists(object, name) <= 0) return {};
    const Hdf5Handle attribute(H5Aopen(object, name, H5P_DEFAULT), H5Aclose);
    const Hdf5Handle type(H5Aget_type(attribute.get()), H5Tclose), space(H5Aget_space(attribute.get()), H5Sclose);
    const auto count = H5Sget_simple_extent_npoints(space.get());
    if (!is_number(type.get()) || (count != 1 && count != 3)) return {};
    std::vector<double> numbers(static_cast<std::size_t>(count));
    if (H5Aread(attribute.get(), H5T_NATIVE_DOUBLE, numbers.data()) < 0) return {};
    if (!std::ranges::all_of(numbers, [](double v) { return std::isfinite(v); })) return {};
    return numbers;
}

} // namespace lapilli::field
