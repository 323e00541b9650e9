// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "file/input_file.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lapilli::format {

/// One element of a DICOM file: what it is, and where its value lies.
struct DicomElement {
    std::uint32_t tag = 0;    ///< group and element, 0x00280010
    std::uint32_t within = 0; ///< the outermost sequence in which it stands; 0: none
    int depth = 0;            ///< sequences around it
    std::int64_t at = 0;      ///< [bytes] of its value
    std::int64_t bytes = 0;
    bool open = false; ///< of undefined length: pixels that are packed
};

/// Walks through the elements of a DICOM file, into sequences and out of them, without their values. Reads the file in small
/// pieces; whatever a length says, it stays within the file.
class DicomElements {
public:
    DicomElements(const file::InputFile& file, std::int64_t first) : file_(file), at_(first) {}

    /// The values behind have no types ("implicit VR").
    void expect_untyped() { untyped_ = true; }
    /// The next one that is no frame of a sequence; false at the end. @throws Error one that does not fit into the file
    bool next(DicomElement& element);
    /// The group of the next one: the upper half of its tag; 0 at the end.
    std::uint32_t next_group();

    /// Its value as text, without blanks and zeros around it; at most 1024 bytes of it.
    std::string text(const DicomElement& element) const;
    /// The value of two bytes; 0: it has another length.
    std::int64_t number(const DicomElement& element) const;

private:
    /// What stands before a value.
    struct Head {
        std::uint32_t tag;
        std::string type; ///< empty: there are no types
        std::int64_t length;
        bool untyped;
    };
    struct Sequence {
        std::int64_t end; ///< [bytes]; -1: where a mark says so
        bool untyped;     ///< its own values; those around it may have types
    };

    std::string_view look(std::size_t bytes);
    std::optional<Head> next_head();
    void leave_sequences();
    void enter(std::uint32_t tag, std::int64_t length, bool untyped);

    const file::InputFile& file_;
    std::int64_t at_;
    bool untyped_ = false;
    std::uint32_t outermost_ = 0;
    std::vector<Sequence> around_;
    std::string piece_; ///< of the file
    std::int64_t piece_at_ = 0;
};

} // namespace lapilli::format
