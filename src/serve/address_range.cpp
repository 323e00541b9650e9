// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "serve/address_range.hpp"

#include "core/error.hpp"
#include "text/words.hpp"

#include <optional>

#include <arpa/inet.h>

namespace lapilli::serve {

namespace {

using Bytes = std::array<unsigned char, 16>;
constexpr int bits_before_four = 96;

std::optional<Bytes> bytes_of(const std::string& address)
{
    Bytes bytes{};
    if (::inet_pton(AF_INET6, address.c_str(), bytes.data()) == 1) return bytes;
    bytes[10] = bytes[11] = 0xff;
    if (::inet_pton(AF_INET, address.c_str(), bytes.data() + bits_before_four / 8) == 1) return bytes;
    return std::nullopt;
}

} // namespace

AddressRange::AddressRange(const std::string& text)
{
    const auto slash = text.find('/');
    const auto address = text.substr(0, slash);
    const auto first = bytes_of(address);
    const int before = address.find(':') == std::string::npos ? bits_before_four : 0;
    if (first && slash != std::string::npos) {
        const auto bits = text::number<unsigned char>(text.substr(slash + 1));
        bits_ = bits && before + *bits <= 128 ? before + *bits : -1;
    }
    if (!first || bits_ < 0)
        throw input_error("'{}' is no address; expected one in numbers, e.g. 10.42.0.7, or a network, e.g. 10.42.0.0/16",
                          text);
    first_ = *first;
}

bool AddressRange::contains(const std::string& address) const
{
    const auto other = bytes_of(address);
    if (!other) return false;
    for (int bit = 0; bit < bits_; ++bit) {
        const auto byte = static_cast<std::size_t>(bit) / 8;
        if ((first_[byte] ^ (*other)[byte]) >> (7 - bit % 8) & 1) return false;
    }
    return true;
}

} // namespace lapilli::serve
