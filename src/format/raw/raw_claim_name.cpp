// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/raw/raw_claim.hpp"

#include "text/small_letters.hpp"

#include <charconv>
#include <vector>

namespace lapilli::format {
namespace {

bool is_small_letter(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Pieces of letters and digits; a '-' within "8-bit" is left out.
std::vector<std::string> words_of(std::string_view name)
{
    const std::string small = text::small_letters(name);
    std::vector<std::string> words(1);
    for (std::size_t i = 0; i < name.size(); ++i) {
        if (is_small_letter(small[i]) || is_digit(small[i]))
            words.back() += small[i];
        else if (name.substr(i, 4) != "-bit")
            words.emplace_back();
    }
    return words;
}

std::optional<VoxelType> type_of(const std::string& word)
{
    if (word == "8bit" || word == "8bits") return VoxelType::u8;
    if (word == "16bit" || word == "16bits") return VoxelType::u16;
    // Only names that say their length in bits: "byte" and "single" are also words, "i2" and "f4" also samples.
    const bool says_bits = word.ends_with("8") || word.ends_with("16") || word.ends_with("32");
    return says_bits ? voxel_type(word) : std::nullopt;
}

/// "400x300x200", or with "x8bit" behind, which is then left in `rest`.
std::optional<Shape> shape_of(const std::string& word, std::string& rest)
{
    constexpr std::size_t most_digits = 6;
    std::vector<std::int64_t> lengths;
    for (std::size_t at = 0; at <= word.size();) {
        const auto end = std::min(word.find('x', at), word.size());
        std::int64_t length = 0;
        const auto read = std::from_chars(word.data() + at, word.data() + end, length);
        if (read.ec != std::errc() || end - at > most_digits || length < 1) return std::nullopt;
        if (read.ptr != word.data() + end) {
            if (lengths.size() != 3) return std::nullopt;
            rest = word.substr(at);
            break;
        }
        lengths.push_back(length);
        at = end + 1;
    }
    if (lengths.size() != 3 || !(rest.empty() || type_of(rest))) return std::nullopt;
    return Shape{lengths[2], lengths[1], lengths[0]};
}

} // namespace

std::optional<RawClaim> claim_of_name(std::string_view file_name)
{
    RawClaim claim{.by = "its name", .by_name = true};
    for (const auto& word : words_of(file_name)) {
        std::string rest;
        const auto shape = shape_of(word, rest);
        const auto type = type_of(shape ? rest : word);
        if ((shape && claim.shape) || (type && claim.type && type != claim.type)) return std::nullopt;
        if (shape) claim.shape = shape;
        if (type) claim.type = type;
    }
    return claim.shape ? std::optional(claim) : std::nullopt;
}

} // namespace lapilli::format
