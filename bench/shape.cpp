// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// Times one step of what is measured of the shape of pores; bench/shape starts it, and peers beside it.
#include "cli/image_options.hpp"
#include "format/hdf5/hdf5_apart.hpp"
#include "geometry/distance.hpp"
#include "geometry/minkowski.hpp"
#include "geometry/painting.hpp"
#include "image/connectivity.hpp"
#include "image/read.hpp"
#include "parallel/session.hpp"
#include "property/drainage.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <sys/resource.h>

#include <chrono>
#include <functional>
#include <iostream>
#include <map>
#include <string>
#include <variant>

namespace {

using namespace lapilli;
using Step = std::function<void(const image::PoreSpace&)>;

double seconds_of(const timeval& time)
{
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
}

rusage usage()
{
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    return used;
}
double cpu_seconds() { return seconds_of(usage().ru_utime) + seconds_of(usage().ru_stime); }
double peak_mb() { return static_cast<double>(usage().ru_maxrss) / 1024; }

void thickness(const image::PoreSpace& pores)
{
    const geometry::KnownBricks known(pores, 1);
    const geometry::GhostLayers ghosts(known);
    std::visit([&](auto&& tiles) { paint_balls(known, ghosts, std::move(tiles), {}); },
               geometry::squared_distances(pores, {}));
}

const std::map<std::string, Step> steps{
    {"components", [](const auto& pores) { image::connect(pores); }},
    {"distance", [](const auto& pores) { geometry::squared_distances(pores, {}); }},
    {"thickness", thickness},
    {"drainage", [](const auto& pores) { property::measure_drainage(pores, {}, {.axes = {Axis::z}}); }},
    {"minkowski", [](const auto& pores) { geometry::functionals(geometry::KnownBricks(pores, 1)); }},
};

} // namespace

/// Prints a line of JSON: seconds of the step, CPU seconds and peak memory [MB] of this rank, before it and in the end.
int main(int argc, char** argv)
{
    format::serve_hdf5(argc, argv);
    parallel::Session session(argc, argv);
    const auto comm = parallel::Communicator::world();
    CLI::App app{"times a step of what is measured of the shape of pores", "lapilli_shape"};
    study::ImageOptions image;
    std::string step;
    cli::add_image_options(app, image, true);
    app.add_option("--step", step, "components, distance, thickness, drainage or minkowski")->required();
    try {
        app.parse(argc, argv);
        const image::ImageSource source{image.path, image.raw, image.crop, true};
        auto read = image::read_image(comm, source, {{image.pore.front(), std::uint8_t{1}}});
        const image::PoreSpace pores(comm, read.shape, std::move(read.bricks));
        const double before_mb = peak_mb(), before_cpu = cpu_seconds();
        comm.barrier();
        const auto begin = std::chrono::steady_clock::now();
        steps.at(step)(pores);
        comm.barrier();
        const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
        if (comm.is_root())
            std::cout << nlohmann::json{{"step", step},
                                        {"seconds", seconds},
                                        {"cpu_s", cpu_seconds() - before_cpu},
                                        {"before_mb", before_mb},
                                        {"peak_mb", peak_mb()}}
                             .dump()
                      << std::endl;
        return 0;
    } catch (const CLI::ParseError& error) {
        return app.exit(error);
    } catch (const std::exception& error) {
        std::cerr << "lapilli_shape: error: " << error.what() << std::endl;
        parallel::abort_all(1);
    }
}
