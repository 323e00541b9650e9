// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// What a sweep consists of: words in, words out.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace lapilli::cli {

/// An option that takes several values, one after the other.
struct Varied {
    std::string option; ///< its long name
    std::string prefix; ///< of each value: "85=" of a conductivity; else empty
    std::vector<std::string> values;
    bool flag = false; ///< which is typed without a value

    /// What the values are called: "threshold", "conductivity=85".
    std::string name() const { return prefix.empty() ? option : option + "=" + prefix.substr(0, prefix.size() - 1); }
};

/// "threshold=90,100", "threshold=90:130:10" (first, last, step), "conductivity=85=0.01,0.05". A name that comes again has
/// one value each time, commas and all: "crop=0:64,:,:" and "crop=64:128,:,:".
/// @throws Error exit code 2
std::vector<Varied> parse_varied(const std::vector<std::string>& texts);

/// The files that these words mean, each once: a word with * ? or [ that is no file is a pattern, whose files come in
/// natural order. @throws Error a pattern that no file fits
std::vector<std::string> images_of(const std::vector<std::string>& words);

/// What is swept.
struct Sweep {
    std::string verb;
    std::vector<std::string> images;                          ///< words until images_of has made files of them
    std::vector<std::pair<std::string, std::string>> options; ///< of every case: name and value; of a flag none
    std::vector<Varied> varied;
    std::string folder; ///< of all results
};

/// One run of the verb.
struct Case {
    std::string name;                ///< of its folder
    std::string folder;              ///< in that of the sweep
    std::vector<std::string> values; ///< by varied_names
    std::vector<std::string> words;  ///< as they are typed behind `lapilli`

    std::string command() const; ///< as a shell reads it
};

/// The columns that a table of the sweep begins with: "image", where there are several, and the varied options.
std::vector<std::string> varied_names(const Sweep& sweep);
/// Every image with every value, the last option changing first; what comes to the same is one case.
/// @throws Error there are too many
std::vector<Case> cases_of(const Sweep& sweep);

} // namespace lapilli::cli
