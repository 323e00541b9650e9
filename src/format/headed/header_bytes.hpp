// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstring>
#include <optional>
#include <string_view>

namespace lapilli::format {

/// Numbers in a header of bytes, of either order. What lies behind its end is not there.
class HeaderBytes {
public:
    HeaderBytes(std::string_view bytes, bool big_endian) : bytes_(bytes), big_endian_(big_endian) {}

    std::size_t size() const { return bytes_.size(); }
    bool big_endian() const { return big_endian_; }
    std::string_view text(std::size_t at, std::size_t size) const
    {
        return at < bytes_.size() ? bytes_.substr(at, size) : std::string_view();
    }

    template <class T>
    std::optional<T> find(std::size_t at) const
    {
        if (at > bytes_.size() || bytes_.size() - at < sizeof(T)) return std::nullopt;
        std::array<char, sizeof(T)> raw;
        std::memcpy(raw.data(), bytes_.data() + at, sizeof(T));
        if (big_endian_ != (std::endian::native == std::endian::big)) std::ranges::reverse(raw);
        return std::bit_cast<T>(raw);
    }

    /// 0 where there is none.
    template <class T>
    T get(std::size_t at) const
    {
        return find<T>(at).value_or(T{});
    }

private:
    std::string_view bytes_;
    bool big_endian_;
};

} // namespace lapilli::format
