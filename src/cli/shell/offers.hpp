// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>
#include <vector>

namespace lapilli::cli {

/// What a shell may put in place of a word that is being typed.
struct Offers {
    struct Word {
        std::string text;
        std::string help;
    };
    std::vector<Word> words;
    std::string rest = "none"; ///< what else, from the disk: files, folders or none
};

/// For a value of which `value` is typed already, by what the option says of it (see `offer` in cli/option.hpp). Words that
/// do not begin with it may be among them.
Offers offers_for(const std::string& what, const std::string& value);

} // namespace lapilli::cli
