// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "report/html/run.hpp"

#include <string>

/// The sections of a page, in their order; one that has nothing to say is empty.
namespace lapilli::report::html {

std::string opening(const Run& run, const Verdict& verdict);
std::string headline(const Run& run, const Verdict& verdict);
std::string provenance(const Run& run); ///< of which image the numbers are, and of which run
std::string tensors(const Run& run);
std::string how_sure(const Run& run);
std::string all_numbers(const Run& run);
std::string pictures(const Run& run);
std::string surface(const Run& run);
std::string pores(const Run& run);
std::string convergence(const Run& run);
std::string cost(const Run& run);
std::string reproduce(const Run& run, const Verdict& verdict);

/// A heading, a sentence below it, and what follows. @param id  for links to it
std::string section(const std::string& id, const std::string& title, const std::string& sentence, const std::string& body);

/// A chart that a script draws, with a title, a caption and a button that saves it.
struct Figure {
    std::string id; ///< of the element that is drawn into
    std::string title;
    std::string caption; ///< HTML
};
std::string figure(const Figure& figure);

} // namespace lapilli::report::html
