// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/dicom/dicom_elements.hpp"

#include "core/error.hpp"
#include "format/headed/header_bytes.hpp"
#include "text/sentence.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

namespace lapilli::format {
namespace {

constexpr std::uint32_t undefined = 0xffffffff;
constexpr std::uint32_t item = 0xfffee000, item_end = 0xfffee00d, sequence_end = 0xfffee0dd, pixels = 0x7fe00010;

/// Types whose length takes four bytes, behind two that are zero.
bool is_long(std::string_view type)
{
    constexpr std::array<std::string_view, 13> types{"OB", "OD", "OF", "OL", "OV", "OW", "SQ",
                                                     "SV", "UC", "UN", "UR", "UT", "UV"};
    return std::ranges::find(types, type) != types.end();
}

/// The begin of an item of a sequence, its end, or that of the sequence.
bool is_mark(std::uint32_t tag) { return tag == item || tag == item_end || tag == sequence_end; }

/// Sequences that are known by their tags where nothing has a type: the groups of enhanced files, and what stands in them.
bool is_known_sequence(std::uint32_t tag)
{
    constexpr std::array<std::uint32_t, 6> tags{0x52009229, 0x52009230, 0x00289110, 0x00209113, 0x00209116, 0x00289145};
    return std::ranges::find(tags, tag) != tags.end();
}

} // namespace

std::string_view DicomElements::look(std::size_t bytes)
{
    constexpr std::size_t ahead = 4096;
    const bool there = at_ >= piece_at_ && at_ + static_cast<std::int64_t>(bytes) <= piece_at_ + std::ssize(piece_);
    if (!there) {
        piece_.resize(ahead);
        piece_.resize(file_.read_some(at_, std::as_writable_bytes(std::span(piece_))));
        piece_at_ = at_;
    }
    return std::string_view(piece_).substr(at_ - piece_at_, bytes);
}

void DicomElements::leave_sequences()
{
    while (!around_.empty() && around_.back().end >= 0 && at_ >= around_.back().end) around_.pop_back();
}

void DicomElements::enter(std::uint32_t tag, std::int64_t length, bool untyped)
{
    constexpr std::size_t deepest = 64;
    if (around_.size() == deepest)
        throw input_error("{} has sequences within sequences, more than {}; the file is damaged, fetch it again",
                          file_.path(), deepest);
    if (around_.empty()) outermost_ = tag;
    around_.push_back({length == undefined ? -1 : at_ + length, untyped});
}

std::uint32_t DicomElements::next_group() { return HeaderBytes(look(sizeof(std::uint16_t)), false).get<std::uint16_t>(0); }

std::optional<DicomElements::Head> DicomElements::next_head()
{
    constexpr std::size_t short_bytes = 8, long_bytes = 12;
    const HeaderBytes head(look(long_bytes), false);
    if (head.size() < short_bytes) return std::nullopt;
    const std::uint32_t tag = std::uint32_t{head.get<std::uint16_t>(0)} << 16 | head.get<std::uint16_t>(2);
    const bool untyped = is_mark(tag) || (around_.empty() ? untyped_ : around_.back().untyped);
    const std::string type(head.text(4, untyped ? 0 : 2));
    const bool longer = is_long(type);
    if (longer && head.size() < long_bytes) return std::nullopt;
    at_ += longer ? long_bytes : short_bytes;
    if (untyped || longer) return Head{tag, type, head.get<std::uint32_t>(longer ? 8 : 4), untyped};
    return Head{tag, type, head.get<std::uint16_t>(6), untyped};
}

bool DicomElements::next(DicomElement& element)
{
    while (true) {
        leave_sequences();
        const auto head = next_head();
        if (!head) return false;
        const auto& [tag, type, length, untyped] = *head;
        if (tag == sequence_end && !around_.empty() && around_.back().end < 0) around_.pop_back();
        if (is_mark(tag)) continue; // what is in an item comes next
        const bool open = length == undefined;
        if (type == "SQ" || (untyped && is_known_sequence(tag)) || (open && tag != pixels)) {
            enter(tag, length, untyped || type == "UN");
            continue;
        }
        if (!open && length > file_.size() - at_)
            throw input_error("{} has {} bytes, but its element {:08x} ends behind them; it was cut off or is damaged",
                              file_.path(), text::grouped(file_.size()), tag);
        element = {.tag = tag,
                   .within = around_.empty() ? 0 : outermost_,
                   .depth = static_cast<int>(around_.size()),
                   .at = at_,
                   .bytes = open ? 0 : length,
                   .open = open};
        at_ += element.bytes;
        return true;
    }
}

std::string DicomElements::text(const DicomElement& element) const
{
    constexpr std::int64_t most = 1024;
    std::string words(std::min(most, element.bytes), '\0');
    file_.read(element.at, std::as_writable_bytes(std::span(words)));
    const std::string_view around(" \0", 2);
    const std::size_t first = words.find_first_not_of(around);
    if (first == std::string::npos) return {};
    return words.substr(first, words.find_last_not_of(around) - first + 1);
}

std::int64_t DicomElements::number(const DicomElement& element) const
{
    std::string bytes(2, '\0');
    if (element.bytes != std::ssize(bytes)) return 0;
    file_.read(element.at, std::as_writable_bytes(std::span(bytes)));
    return HeaderBytes(bytes, false).get<std::uint16_t>(0);
}

} // namespace lapilli::format
