// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/image_options.hpp"
#include "compare.hpp"
#include "format/hdf5/hdf5_apart.hpp"
#include "parallel/session.hpp"
#include "text/axes.hpp"

#include <CLI/CLI.hpp>

#include <iostream>

namespace {

using namespace lapilli;
using Compare = bench::Json (*)(const parallel::Communicator&, const bench::CompareOptions&);

/// One property as a subcommand; `chosen` becomes its comparison when it is given.
CLI::App* add_property(CLI::App& app, const std::string& name, const std::string& what, Compare compare,
                       bench::CompareOptions& options, Compare& chosen)
{
    auto* command = app.add_subcommand(name, what);
    cli::add_image_options(*command, options.image, true);
    command->add_option_function<std::string>(
        "--axis", [&](const std::string& t) { options.axis = text::parse_axes(t).front(); }, "x, y or z (default: z)");
    command->add_flag("!--without-peers", options.peers, "ours only");
    command->callback([&chosen, compare] { chosen = compare; });
    return command;
}

} // namespace

/// Prints one line of JSON about one image; bench/run makes tables of such lines.
int main(int argc, char** argv)
{
    format::serve_hdf5(argc, argv);
    parallel::Session session(argc, argv);
    const auto comm = parallel::Communicator::world();
    CLI::App app{"times Lapilli and its peers on one image", "lapilli_bench"};
    bench::CompareOptions options;
    Compare compare = nullptr;
    app.require_subcommand(1);
    add_property(app, "diffusion", "diffusivity, hypre and Jacobi", bench::compare_diffusion, options, compare);
    add_property(app, "flow", "permeability, lattice Boltzmann and Jacobi", bench::compare_flow, options, compare)
        ->add_option("--viscosity", options.viscosity, "of the lattice Boltzmann method, lattice units");
    try {
        app.parse(argc, argv);
        const auto json = compare(comm, options);
        if (comm.is_root()) std::cout << json.dump() << std::endl;
        return 0;
    } catch (const CLI::ParseError& error) {
        return app.exit(error);
    } catch (const parallel::AgreedError& error) {
        if (comm.is_root()) std::cerr << "lapilli_bench: error: " << error.what() << std::endl;
        return static_cast<int>(error.code());
    } catch (const std::exception& error) {
        std::cerr << "lapilli_bench: error: " << error.what() << std::endl;
        parallel::abort_all(1);
    }
}
