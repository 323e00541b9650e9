// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "serve/answer.hpp"

#include <string>

namespace lapilli::serve {

/// A text that may stand in HTML, also between quotes.
std::string escaped(const std::string& text);

/// A page of the dashboard: what all of them have, and a body that is ours.
struct Page {
    std::string title;
    std::string here; ///< which of the links at the top leads here
    std::string body; ///< HTML
    std::string script;
};

/// Its styles and scripts are files of src/web, whose addresses name their digests, so that browsers keep them.
Answer page_answer(const Page& page);

/// HTML that a script puts into a page; alone it shows no more than its text.
Answer part_answer(const std::string& html);

} // namespace lapilli::serve
