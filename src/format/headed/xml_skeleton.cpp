// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/headed/xml_skeleton.hpp"

#include "core/error.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace lapilli::format {
namespace {

constexpr std::string_view last_tag = "<AppendedData";

/// Takes the tags out of the bytes of a file that come piece by piece.
class Tags {
public:
    /// @returns whether more may follow. @throws Error too many
    bool take(std::string_view bytes, const std::string& path)
    {
        constexpr std::size_t most = std::size_t{1} << 20;
        for (const char letter : bytes) {
            ++at_;
            if (letter == '<') begin_ = tags_.size();
            if (letter == '<' || begin_ != std::string::npos) tags_ += letter;
            if (tags_.size() > most)
                throw input_error("{} has more than a megabyte of XML before its data, so it is no .vti of an image", path);
            if (letter == '>' && begin_ != std::string::npos && end_tag()) return false;
        }
        return true;
    }

    std::string& text() { return tags_; }

private:
    /// @returns whether it was the last one
    bool end_tag()
    {
        const bool last = std::string_view(tags_).substr(begin_).starts_with(last_tag);
        const std::size_t behind_name = tags_.find_first_of(" \t\r\n/>", begin_ + 1); // before an attribute of the same name
        const char kind = tags_[begin_ + 1];
        if (kind != '/' && kind != '?' && kind != '!') tags_.insert(behind_name, " content=\"" + std::to_string(at_) + "\"");
        begin_ = std::string::npos;
        return last;
    }

    std::string tags_;
    std::size_t begin_ = std::string::npos; ///< of the tag at work
    std::int64_t at_ = 0;                   ///< bytes of the file before
};

} // namespace

pugi::xml_document skeleton_of(const file::InputFile& file)
{
    Tags tags;
    std::vector<char> piece(std::size_t{64} << 10);
    bool more = true;
    for (std::int64_t offset = 0; more && offset < file.size();) {
        const std::size_t count = file.read_some(offset, std::as_writable_bytes(std::span(piece)));
        if (count == 0) break;
        more = tags.take({piece.data(), count}, file.path());
        offset += static_cast<std::int64_t>(count);
    }
    if (!more) tags.text() += "</AppendedData></VTKFile>";
    pugi::xml_document document;
    const auto parsed = document.load_buffer(tags.text().data(), tags.text().size());
    if (!parsed)
        throw input_error("{} is no XML that can be read ({}); it was cut off or is damaged", file.path(),
                          parsed.description());
    return document;
}

} // namespace lapilli::format
