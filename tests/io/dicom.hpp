// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "headed.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace lapilli::test {

/// A DICOM file composed by the layout of part 10 of its standard.
class DicomText {
public:
    explicit DicomText(bool typed = true) : typed_(typed) {}

    /// An element: its tag, the two letters of its type, its value.
    DicomText& add(std::uint32_t tag, const std::string& type, std::string value)
    {
        if (value.size() % 2 != 0) value += type == "UI" || type == "OB" ? '\0' : ' ';
        bytes_ += head(tag, type, static_cast<std::uint32_t>(value.size())) + value;
        return *this;
    }
    DicomText& add(std::uint32_t tag, std::uint16_t value) { return add(tag, "US", number_bytes(value)); }
    /// A sequence of items; its length, and theirs, are said or left to marks.
    DicomText& add_sequence(std::uint32_t tag, const std::vector<DicomText>& items, bool said)
    {
        std::string inner;
        for (const auto& item : items)
            inner += mark(0xfffee000, said ? static_cast<std::uint32_t>(item.bytes_.size()) : undefined) + item.bytes_ +
                     (said ? "" : mark(0xfffee00d, 0));
        bytes_ += head(tag, "SQ", said ? static_cast<std::uint32_t>(inner.size()) : undefined) + inner +
                  (said ? "" : mark(0xfffee0dd, 0));
        return *this;
    }
    DicomText& add_bytes(const std::string& bytes)
    {
        bytes_ += bytes;
        return *this;
    }
    /// The file: preamble, mark, the group that says how the rest is written, the rest.
    std::string file(const std::string& syntax) const
    {
        DicomText first;
        first.add(0x00020002, "UI", "1.2.840.10008.5.1.4.1.1.2").add(0x00020010, "UI", syntax);
        return std::string(128, '\0') + "DICM" + first.bytes_ + bytes_;
    }
    std::string head(std::uint32_t tag, const std::string& type, std::uint32_t length) const
    {
        const std::string numbers =
            number_bytes(static_cast<std::uint16_t>(tag >> 16)) + number_bytes(static_cast<std::uint16_t>(tag));
        if (!typed_) return numbers + number_bytes(length);
        const bool longer = type == "OW" || type == "OB" || type == "SQ" || type == "UN";
        return numbers + type +
               (longer ? std::string(2, '\0') + number_bytes(length) : number_bytes(static_cast<std::uint16_t>(length)));
    }

    static constexpr std::uint32_t undefined = 0xffffffff;

private:
    static std::string mark(std::uint32_t tag, std::uint32_t length)
    {
        return number_bytes(static_cast<std::uint16_t>(tag >> 16)) + number_bytes(static_cast<std::uint16_t>(tag)) +
               number_bytes(length);
    }

    bool typed_;
    std::string bytes_;
};

} // namespace lapilli::test
