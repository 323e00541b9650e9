// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// Case files, and through them every option of the verbs that solve.
#include "cli/case_file.hpp"
#include "cli/common_options.hpp"
#include "cli/image_options.hpp"
#include "input.hpp"
#include "verdict.hpp"

#include <CLI/CLI.hpp>

namespace {

using namespace lapilli;

/// The options of `analyze`, read from a case file.
void read(const std::string& text)
{
    CLI::App command("", "analyze");
    study::Options study;
    results::Options output;
    cli::add_image_options(command, study.image, true);
    cli::add_output_options(command, output);
    cli::add_solver_options(command, study, output.checkpoints, "1e-4");
    cli::add_conductivity_option(command, study);
    cli::add_flow_options(command, study);
    cli::apply({"cases/a.toml", text}, command);
    cli::check_together(command);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    try {
        read({reinterpret_cast<const char*>(data), size});
    } catch (const Error& error) {
        fuzz::require(error.code() == ExitCode::wrong_input, "what cannot be read is wrong input", error.what());
    } catch (const CLI::Error& error) {
        fuzz::require(error.get_exit_code() != 0, "a case file asks for no help", error.what());
    }
    return 0;
}
