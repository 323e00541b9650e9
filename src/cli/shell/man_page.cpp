// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/shell/man_page.hpp"

#include "text/text_table.hpp"
#include "version.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

namespace lapilli::cli {

namespace {

using Commands = std::vector<const CLI::App*>;

/// As roff prints it: dashes that can be typed, and no line that looks like a request.
std::string plain(const std::string& text)
{
    std::string roff;
    for (const char letter : text) {
        if ((letter == '.' || letter == '\'') && (roff.empty() || roff.back() == '\n')) roff += "\\&";
        if (letter == '-') roff += '\\';
        roff += letter == '\\' ? "\\e" : std::string(1, letter);
    }
    return roff;
}

std::string bold(const std::string& text) { return "\\fB" + plain(text) + "\\fR"; }
std::string italic(const std::string& text) { return "\\fI" + plain(text) + "\\fR"; }
/// Lines that people can read, too.
std::string filled(const std::string& text) { return plain(text::wrapped(text, 76, 0)) + "\n"; }
std::string entry(const std::string& head, const std::string& text) { return ".TP\n" + head + "\n" + filled(text); }

/// An option, and the verbs that say the same of it.
struct Row {
    const CLI::Option* option;
    Commands of;

    bool same(const CLI::Option& other) const
    {
        return option->get_group() == other.get_group() && option->get_name(true, true) == other.get_name(true, true) &&
               option->get_description() == other.get_description();
    }
};

/// "-o, --out FOLDER"
std::string head(const CLI::Option& option)
{
    std::vector<std::string> names;
    if (option.get_positional()) names.push_back(italic(option.get_name(true)));
    for (const auto& name : option.get_snames()) names.push_back(bold("-" + name));
    for (const auto& name : option.get_lnames()) names.push_back(bold("--" + name));
    const bool named = option.get_items_expected_max() > 0 && !option.get_positional(); // its value has a name
    return fmt::format("{}{}", fmt::join(names, ", "), named ? " " + italic(option.get_type_name()) : "");
}

std::vector<Row> rows_of(const Commands& verbs)
{
    std::vector<Row> rows;
    for (const auto* verb : verbs)
        for (const auto* option : verb->get_options()) {
            if (option == verb->get_help_ptr()) continue;
            const auto row = std::find_if(rows.begin(), rows.end(), [&](const auto& other) { return other.same(*option); });
            if (row == rows.end())
                rows.push_back({option, {verb}});
            else
                row->of.push_back(verb);
        }
    return rows;
}

/// The options of some verbs, under the headings that their help has.
std::string options_of(const Commands& verbs)
{
    const auto rows = rows_of(verbs);
    std::vector<std::string> groups;
    for (const auto& row : rows)
        if (std::find(groups.begin(), groups.end(), row.option->get_group()) == groups.end())
            groups.push_back(row.option->get_group());
    std::string page;
    for (const auto& group : groups) {
        page += ".SS " + plain(group) + "\n";
        for (const auto& [option, of] : rows) {
            if (option->get_group() != group) continue;
            page += entry(head(*option), option->get_description());
            if (of.size() == verbs.size()) continue;
            std::vector<std::string> names;
            for (const auto* verb : of) names.push_back(verb->get_name());
            page += ".br\n" + filled(fmt::format("Of {}.", fmt::join(names, ", ")));
        }
    }
    return page;
}

std::string list_of(const Commands& verbs)
{
    std::string page;
    for (const auto* verb : verbs) page += entry(bold(verb->get_name()), verb->get_description());
    return page;
}

/// The options of a sweep of a verb that the verb itself has not.
std::string more_options_of(const Commands& sweeps, const Commands& verbs)
{
    const auto known = rows_of(verbs);
    std::string page;
    for (const auto& row : rows_of({sweeps.front()})) {
        const auto same = [&](const Row& other) { return other.same(*row.option); };
        if (std::none_of(known.begin(), known.end(), same)) page += entry(head(*row.option), row.option->get_description());
    }
    return page;
}

/// The verbs that read an image have most options in common; each of the others has a section of its own.
std::string sections_of(const Commands& verbs)
{
    Commands readers, others;
    for (const auto* verb : verbs) (verb->get_option_no_throw("--image") != nullptr ? readers : others).push_back(verb);
    std::string page = ".SH VERBS THAT READ AN IMAGE\n" + list_of(readers) + options_of(readers);
    for (const auto* verb : others) {
        const auto kinds = verb->get_subcommands({});
        page += ".SH VERB " + plain(verb->get_name()) + "\n" + list_of({verb});
        if (kinds.empty())
            page += options_of({verb});
        else if (verb->get_name() == "sweep")
            page += filled("Of the verbs above, with their options, and:") + more_options_of(kinds, readers);
        else
            page += list_of(kinds) + options_of(kinds);
    }
    return page;
}

/// The examples of the help: lines that are not filled.
std::string examples_of(const CLI::App& app)
{
    const auto text = app.get_footer();
    const auto first = text.find('\n'), last = text.rfind('\n');
    return fmt::format(".SH EXAMPLES\n.nf\n{}\n.fi\n", plain(text.substr(first + 1, last - first - 1)));
}

constexpr const char* last_sections = R"(.SH EXIT STATUS
.TP
0
done
.TP
1
failed, may go well another time; of \fBcompare\fR: the results differ
.TP
2
wrong usage or input, no permission, too little memory
.TP
3
not converged: the best value is written and flagged
.TP
4
another run has taken over the result folder
.TP
75
fewer processes or machines than were promised
.TP
130, 143
stopped by a signal; the same command goes on
.SH ENVIRONMENT
.TP
COLUMNS
width of tables, instead of that of the terminal
.TP
TMPDIR
folder for temporary files
.SH SEE ALSO
.BR mpirun (1)
)";

} // namespace

std::string man_page(const CLI::App& app)
{
    const auto verbs = app.get_subcommands({});
    std::string page = fmt::format(".TH LAPILLI 1 \"\" \"lapilli {}\" \"User Commands\"\n.SH NAME\nlapilli \\- {}\n",
                                   version, "transport properties of porous materials from 3\\-D images");
    page += ".SH SYNOPSIS\n.B lapilli\n.I VERB\n[\\fIOPTION\\fR]...\n[\\fIARGUMENT\\fR]...\n";
    page += ".SH DESCRIPTION\n" + plain(app.get_description()) + "\n";
    for (const auto* option : app.get_options()) page += entry(head(*option), option->get_description());
    page += entry(bold("lapilli ") + italic("VERB") + bold(" --help"), "the options of a verb");
    return page + sections_of(verbs) + examples_of(app) + last_sections;
}

} // namespace lapilli::cli
