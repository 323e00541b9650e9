// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "checkpoint/options.hpp"
#include "study/observer.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace lapilli::results {

/// A format of pore networks of other programs.
enum class NetworkFormat {
    openpnm, ///< network.npz
    statoil, ///< network_node1.dat, network_node2.dat, network_link1.dat, network_link2.dat
    vtp      ///< network.vtp
};
inline constexpr std::array network_formats{NetworkFormat::openpnm, NetworkFormat::statoil, NetworkFormat::vtp};
constexpr std::string_view name(NetworkFormat format)
{
    return format == NetworkFormat::openpnm ? "openpnm" : format == NetworkFormat::statoil ? "statoil" : "vtp";
}

/// Where the results of a study go, and what is shown of it.
struct Options {
    std::string folder;   ///< of the results; empty: none
    bool replace = false; ///< also the results of another image or other settings
    bool keep = false;    ///< results of the same image, settings and program stay, and are not found again
    bool json = false;    ///< the object of result.json on the standard output instead of a table
    bool quiet = false;   ///< neither progress nor warnings
    study::PictureSet report = study::PictureSet::none; ///< which pictures report.html has; none: there is no such page
    std::vector<NetworkFormat> network_formats;         ///< in which a pore network is written, too
    checkpoint::Options checkpoints{};                  ///< where there is a folder
};

} // namespace lapilli::results
