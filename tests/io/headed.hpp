// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "scratch.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include <bzlib.h>
#include <zlib.h>
#include <zstd.h>

namespace lapilli::test {

/// Of all files that are composed in tests of formats with a header.
inline constexpr Shape headed_shape{3, 4, 5};
inline Labels headed_labels() { return counted(headed_shape.voxels()); }

/// The bytes of a number in an order.
template <class T>
std::string number_bytes(T value, bool big_endian = false)
{
    std::string bytes(sizeof(T), '\0');
    std::memcpy(bytes.data(), &value, sizeof(T));
    if (big_endian != (std::endian::native == std::endian::big)) std::ranges::reverse(bytes);
    return bytes;
}

/// Labels as voxels of a type, in an order of bytes.
template <class T>
std::string voxel_bytes(const Labels& labels, bool big_endian = false)
{
    std::string bytes;
    for (const std::int32_t label : labels) bytes += number_bytes(static_cast<T>(label), big_endian);
    return bytes;
}

/// The labels of a (nz, ny, nx) image, z fastest.
inline Labels turned(const Labels& labels, const Shape& shape)
{
    Labels other;
    for (std::int64_t x = 0; x < shape.nx; ++x)
        for (std::int64_t y = 0; y < shape.ny; ++y)
            for (std::int64_t z = 0; z < shape.nz; ++z)
                other.push_back(labels[static_cast<std::size_t>((z * shape.ny + y) * shape.nx + x)]);
    return other;
}

inline std::string zlib_packed(const std::string& bytes)
{
    uLongf size = compressBound(bytes.size());
    std::string packed(size, '\0');
    compress(reinterpret_cast<Bytef*>(packed.data()), &size, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size());
    packed.resize(size);
    return packed;
}

/// zlib's without the frame: two bytes before, a checksum behind.
inline std::string deflated(const std::string& bytes)
{
    const std::string packed = zlib_packed(bytes);
    return packed.substr(2, packed.size() - 6);
}

inline std::string bzip2(const std::string& bytes)
{
    unsigned size = static_cast<unsigned>(bytes.size() + bytes.size() / 50 + 700);
    std::string packed(size, '\0');
    BZ2_bzBuffToBuffCompress(packed.data(), &size, const_cast<char*>(bytes.data()), static_cast<unsigned>(bytes.size()), 9,
                             0, 0);
    packed.resize(size);
    return packed;
}

/// One frame, without the length of what it holds and with a checksum, as `zstd --check` writes from a pipe.
inline std::string zstd(const std::string& bytes)
{
    std::string packed(ZSTD_compressBound(bytes.size()), '\0');
    ZSTD_CCtx* const context = ZSTD_createCCtx();
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
    packed.resize(ZSTD_compress2(context, packed.data(), packed.size(), bytes.data(), bytes.size()));
    ZSTD_freeCCtx(context);
    return packed;
}

inline std::string base64(const std::string& bytes)
{
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        unsigned bits = 0;
        for (std::size_t i = 0; i < 3; ++i)
            bits = bits << 8 | (at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0U);
        for (std::size_t i = 0; i < 4; ++i) text += at + i > bytes.size() ? '=' : letters[bits >> (18 - 6 * i) & 63];
    }
    return text;
}

/// Whatever stands in the file: an image, or an error that is final. Anything else is thrown on.
inline bool is_read_or_refused(const std::string& path)
{
    try {
        const auto reader = format::open_image(path, {});
        if (reader->description().shape.voxels() < 1 << 20) read_planes(*reader, {0, reader->description().shape.nz});
        return true;
    } catch (const Error& error) {
        return error.code() == ExitCode::wrong_input;
    }
}

/// Cuts a file at every byte, and flips one bit of each of its first bytes.
inline bool survives_damage(const ScratchFolder& folder, const std::string& name, const std::string& good,
                            std::size_t header)
{
    bool all = true;
    for (std::size_t at = 0; at < std::min(header, good.size()); ++at) {
        std::string bad = good;
        bad[at] = static_cast<char>(bad[at] ^ (1 << at % 8));
        all = is_read_or_refused(folder.write(name, bad)) && all;
    }
    for (std::size_t length = 1; length < good.size(); ++length)
        all = is_refused_or_right(folder.write(name, good.substr(0, length)), {}, headed_labels()) && all;
    return all;
}

} // namespace lapilli::test
