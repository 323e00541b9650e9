// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "report/html/sections.hpp"

#include "citation.hpp"
#include "version.hpp"

#include <fmt/format.h>

#include <iterator>
#include <sstream>

namespace lapilli::report::html {

namespace {

/// @param text  HTML
std::string copybox(const std::string& id, const std::string& title, const std::string& text)
{
    return fmt::format("<div><h3>{1}</h3><div class=\"copybox\"><pre id=\"{0}\">{2}</pre><button data-copy=\"{0}\" "
                       "aria-label=\"Copy: {1}\">Copy</button></div></div>\n",
                       id, title, text);
}

/// A command whose options keep their values beside them where lines break.
std::string command_html(const std::string& command)
{
    std::string html, part;
    std::istringstream words(command);
    for (std::string word; std::getline(words, word, ' ');) {
        if (!part.empty() && (word.starts_with("--") || !part.starts_with("--"))) {
            html += fmt::format("<span>{}</span> ", escaped(part));
            part.clear();
        }
        part += (part.empty() ? "" : " ") + word;
    }
    return html + fmt::format("<span>{}</span>", escaped(part));
}

std::string properties_text(const Json& result)
{
    std::vector<std::string> properties{"porosity"};
    if (!quoted_axes(result, "diffusivity").empty()) properties.emplace_back("effective diffusivity");
    if (!quoted_axes(result, "permeability").empty()) properties.emplace_back("permeability");
    return listed(properties);
}

/// "corrected for the grid by 8 blocks of 96³ voxels", or what else made the values.
std::string correction_sentence(const Json& result)
{
    for (const char* property : {"diffusivity", "permeability"})
        for (const Axis axis : quoted_axes(result, property)) {
            const auto made_by = text_at(result, fmt::format("/summary/{}/{}/made_by", property, name(axis)));
            const auto correction = fmt::format("/result/{}/{}/correction", property, name(axis));
            const auto two_cells = number_at(result, correction + "/blocks_two_cells");
            const auto blocks = two_cells ? two_cells : number_at(result, correction + "/blocks"),
                       edge = number_at(result, correction + "/edge_voxels");
            if (made_by == "blocks" && blocks && edge)
                return fmt::format(", corrected for the grid on {} blocks of {}³ voxels, which were solved with one and "
                                   "with two cells per voxel edge",
                                   whole(blocks), whole(edge));
            if (made_by == "two_grid" || made_by == "blocks")
                return ", extrapolated from the solutions with one and with two cells per voxel edge";
        }
    return "";
}

std::string methods(const Json& result)
{
    const auto image = find(result, "/image") != nullptr ? result["image"] : Json::object();
    const auto boundary = text_at(result, "/result/porosity/boundary");
    const auto voxel = voxel_text(image);
    std::string text = fmt::format("The {} of {}{} were computed with Lapilli {} ({})", properties_text(result),
                                   voxels_text(image), voxel.empty() ? "" : " of " + voxel,
                                   text_at(result, "/program/version"), text_at(result, "/program/git"));
    const bool d = !quoted_axes(result, "diffusivity").empty(), k = !quoted_axes(result, "permeability").empty();
    if (d || k)
        text += fmt::format(": {} on one cell per voxel, {}{}",
                            d && k ? "diffusion and Stokes flow"
                            : d    ? "diffusion"
                                   : "Stokes flow",
                            boundary == "periodic" ? "in the periodically repeated image"
                                                   : "between two faces of the image with the other four sealed",
                            correction_sentence(result));
    return text + ".";
}

std::string bibtex(const Json& result)
{
    const auto found_version = text_at(result, "/program/version"), git = text_at(result, "/program/git");
    std::string text =
        fmt::format("@{}{{lapilli,\n  title   = {{{{{}}}}},\n  author  = {{", citation::type, citation::title);
    for (std::size_t i = 0; i < std::size(citation::authors); ++i)
        text += fmt::format("{}{{{}}}", i == 0 ? "" : " and ", citation::authors[i]);
    return text + fmt::format("}},\n  version = {{{}{}}},\n  license = {{{}}}\n}}\n",
                              found_version.empty() ? version : found_version, git.empty() ? "" : ", " + git,
                              citation::license);
}

/// As it was typed, without the place of the program.
std::string command_of(const Run& run)
{
    auto command = text_at(run.result, "/run/command");
    if (run.result.is_null()) command = text_at(start_of(run), "/command");
    const auto blank = command.find(' ');
    const auto program = command.substr(0, blank);
    if (const auto slash = program.find_last_of('/'); slash != std::string::npos && program.find('\'') == std::string::npos)
        command = command.substr(slash + 1);
    return command;
}

} // namespace

std::string reproduce(const Run& run, const Verdict& verdict)
{
    const auto command = command_of(run);
    if (command.empty()) return "";
    std::string body = copybox("command", "Command", command_html(command));
    if (run.result.is_null()) return section("reproduce", "Reproduce", "", "<div class=\"grid2\">\n" + body + "</div>\n");
    if (verdict.state == State::done) body += copybox("methods", "For the methods section", escaped(methods(run.result)));
    body += copybox("bibtex", "BibTeX", escaped(bibtex(run.result)));
    return section("reproduce", "Reproduce and cite",
                   "The same command on the same image gives the same numbers to the last bit, on any number of processes.",
                   "<div class=\"grid2\">\n" + body + "</div>\n");
}

} // namespace lapilli::report::html
