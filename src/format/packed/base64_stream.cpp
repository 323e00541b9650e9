// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/packed/packed_bytes.hpp"

#include <array>
#include <utility>

namespace lapilli::format {
namespace {

/// 0 to 63, or -1 for what is no letter of base64.
constexpr std::array<std::int8_t, 256> values = [] {
    std::array<std::int8_t, 256> table{};
    table.fill(-1);
    std::int8_t value = 0;
    for (const char letter : std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"))
        table[static_cast<unsigned char>(letter)] = value++;
    return table;
}();

class Base64Stream final : public ByteStream {
public:
    explicit Base64Stream(std::unique_ptr<ByteStream> letters) : letters_(std::move(letters), "base64") {}

    const std::string& path() const override { return letters_.path(); }

    std::size_t read(std::span<std::byte> bytes) override
    {
        for (std::size_t done = 0; done < bytes.size(); ++done) {
            if (at_ == count_ && !next_group()) return done;
            bytes[done] = group_[at_++];
        }
        return bytes.size();
    }

private:
    /// The next letter that is no blank, -1 at the end.
    int next_letter()
    {
        while (letters_.refill()) {
            const int letter = std::to_integer<int>(letters_.left().front());
            letters_.use(1);
            if (letter != ' ' && letter != '\n' && letter != '\r' && letter != '\t') return letter;
        }
        return -1;
    }

    /// Four letters to at most three bytes; false at the end.
    bool next_group()
    {
        unsigned bits = 0;
        std::size_t padding = 0;
        for (int i = 0; i < 4 && !ended_; ++i) {
            const int letter = next_letter();
            const bool is_padding = letter == '=' && i > 1;
            const int value = letter < 0 ? -1 : is_padding ? 0 : values[static_cast<std::size_t>(letter)];
            ended_ = value < 0;
            padding += is_padding ? 1 : 0;
            bits = bits << 6 | static_cast<unsigned>(value < 0 ? 0 : value);
        }
        at_ = 0;
        count_ = ended_ ? 0 : 3 - padding;
        for (std::size_t i = 0; i < 3; ++i) group_[i] = static_cast<std::byte>(bits >> (16 - 8 * i) & 0xff);
        return count_ > 0;
    }

    PackedBytes letters_;
    std::array<std::byte, 3> group_{};
    std::size_t at_ = 0, count_ = 0;
    bool ended_ = false;
};

} // namespace

std::unique_ptr<ByteStream> decode_base64(std::unique_ptr<ByteStream> letters)
{
    return std::make_unique<Base64Stream>(std::move(letters));
}

} // namespace lapilli::format
