// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/headed/parts.hpp"

#include "core/error.hpp"
#include "text/sentence.hpp"

#include <algorithm>

namespace lapilli::format {
namespace {

/// With what a user would type.
std::string listed_parts(const std::string& path, const std::vector<const Part*>& parts)
{
    constexpr std::size_t enough = 8;
    std::string words;
    for (std::size_t i = 0; i < std::min(enough, parts.size()); ++i)
        words += fmt::format("{}{}:{} ({} {})", i == 0 ? "" : ", ", path, parts[i]->name,
                             text::shape_text(parts[i]->block->shape), name(parts[i]->block->type));
    if (parts.size() > enough) words += fmt::format(" and {} more", parts.size() - enough);
    return words;
}

} // namespace

const Part& choose(const std::string& path, const std::string& name, const std::vector<Part>& parts)
{
    std::vector<const Part*> images, deep;
    for (const Part& part : parts) {
        if (!name.empty() && part.name == name) {
            if (part.block) return part;
            throw input_error("{} of {} {}, but an image is expected; name another", name, path, part.reason);
        }
        if (part.block) images.push_back(&part);
        if (part.block && part.block->shape.nz > 1) deep.push_back(&part);
    }
    if (images.empty())
        throw input_error("{} holds no three-dimensional array of numbers, but an image is expected; is it the right file?",
                          path);
    if (!name.empty()) throw input_error("{} holds no array {}; name one of {}", path, name, listed_parts(path, images));
    if (deep.size() == 1) return *deep.front();
    if (images.size() == 1) return *images.front();
    throw input_error("{} holds {} arrays that could be the image; name one of {}", path, images.size(),
                      listed_parts(path, images));
}

} // namespace lapilli::format
