// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/shell/texts.hpp"

#include "adaptors.hpp"
#include "cli/option.hpp"
#include "cli/shell/man_page.hpp"

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>

namespace lapilli::cli {

namespace {

SerialVerb print(const std::string& text)
{
    return [text] {
        std::cout << text;
        return ExitCode::done;
    };
}

std::string adaptor_for(const std::string& shell)
{
    if (shell.empty()) throw input_error("no SHELL is given; expected bash, zsh or fish, e.g. lapilli completions bash");
    for (const auto& [name, text] : adaptors)
        if (shell == name) return text;
    throw input_error("'{}' is not a shell that is known; expected bash, zsh or fish", shell);
}

} // namespace

void add_texts(CLI::App& app, SerialVerb& chosen)
{
    auto* completions = app.add_subcommand(
        "completions", "What lets a shell complete the options and their values, e.g. eval \"$(lapilli completions bash)\"");
    const auto shell = std::make_shared<std::string>();
    auto* argument = completions->add_option("SHELL", *shell, "bash, zsh or fish");
    argument->type_name("")->group("Shell");
    offer(*argument, "words bash zsh fish");
    completions->callback([&chosen, shell] { chosen = print(adaptor_for(*shell)); });

    auto* man = app.add_subcommand("man", "The manual page, in roff, e.g. lapilli man | man -l -");
    man->callback([&chosen, &app] { chosen = print(man_page(app)); });
}

} // namespace lapilli::cli
