// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "property/network.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace lapilli::results {

/// A pore network in metres, or where the size of a voxel is not known, in voxels.
struct MeasuredNetwork {
    const property::PoreNetwork& network;
    std::optional<double> edge_m;
    PerAxis<std::int64_t> first{}; ///< voxel of the image from which the network counts

    double scale() const { return edge_m.value_or(1); }
    /// Of a place in voxels.
    std::array<double, 3> place(const std::array<double, 3>& voxels) const
    {
        std::array<double, 3> p{};
        for (std::size_t k = 0; k < 3; ++k) p[k] = voxels[k] * network.edges[all_axes[k]] * scale();
        return p;
    }
};

/// A zip of NumPy arrays that numpy.load() opens, by the names that OpenPNM 3 has for them. As PoreSpy does, each way in
/// from a face has a pore of its own at the face, behind the others: `pore.boundary` and `pore.xmin` ... `pore.zmax` say
/// which. The size factors are the conductances of whole conduits for bulk diffusivity and viscosity 1, so that OpenPNM's
/// generic models conduct as this program says.
std::string openpnm_arrays(const MeasuredNetwork& of);
inline constexpr std::string_view openpnm_begins = "pore.coords.npy"; ///< behind 30 bytes

/// Node and link files, by the ends of their names, as pnextract writes and pnflow reads them: SI units, flow along x from
/// the reservoir -1 to 0. Shape factors are r²/4A, with the section A of a throat; the volumes of throats are in the pores,
/// and lengths are divided as by Dong and Blunt (Phys. Rev. E 80, 2009).
struct StatoilFiles {
    std::string node1, node2, link1, link2;
};
/// @param of  with the size of a voxel
StatoilFiles statoil_files(const MeasuredNetwork& of);

/// PolyData of VTK: a vertex for each pore, a line for each throat, and their sizes. Where ParaView opens fields.xdmf, too,
/// it lies in the same place.
std::string vtp_text(const MeasuredNetwork& of);
inline constexpr std::string_view vtp_begins = "<?xml version=\"1.0\"?>\n<!-- a pore network by lapilli -->\n";

} // namespace lapilli::results
