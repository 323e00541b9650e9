// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/image_formats.hpp"
#include "format/plain/npy_head.hpp"
#include "format/plain/plain_writer.hpp"

#include <fmt/format.h>

#include <array>
#include <type_traits>

namespace lapilli::format {

std::string numpy_code(VoxelType type)
{
    return with_type(type, [](auto value) {
        using T = decltype(value);
        constexpr char kind = std::is_floating_point_v<T> ? 'f' : std::is_signed_v<T> ? 'i' : 'u';
        return fmt::format("{}{}{}", sizeof(T) == 1 ? '|' : '<', kind, sizeof(T));
    });
}

std::string npy_head(std::string_view code, std::span<const std::int64_t> shape)
{
    constexpr std::size_t before = 10, multiple = 64;
    auto words = fmt::format("{{'descr': '{}', 'fortran_order': False, 'shape': ({}{}), }}", code, fmt::join(shape, ", "),
                             shape.size() == 1 ? "," : "");
    words.resize((before + words.size() + multiple) / multiple * multiple - before - 1, ' ');
    words += '\n';
    std::string head = "\x93NUMPY\x01";
    head += '\0';
    head += static_cast<char>(words.size() & 0xffU);
    head += static_cast<char>(words.size() >> 8U);
    return head + words;
}

std::unique_ptr<ImageWriter> create_npy(const std::string& path, const NewImage& image)
{
    const auto& [nz, ny, nx] = image.shape;
    return create_plain(path, image, {.head = npy_head(numpy_code(image.type), std::array{nz, ny, nx})});
}

} // namespace lapilli::format
