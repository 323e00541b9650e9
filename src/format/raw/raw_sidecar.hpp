// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "file/input_file.hpp"
#include "format/image_reader.hpp"
#include "format/raw/raw_claim.hpp"

#include <optional>
#include <string>
#include <vector>

namespace lapilli::format {

/// What is known of a headerless file after a look at what lies beside it.
struct KnownRaw {
    RawFormat format;                                       ///< by the user, else by what is beside, else by its name
    std::optional<VoxelEdges> voxel_edges_m = std::nullopt; ///< by what is beside
    std::string voxel_by = {};                              ///< its name
    std::vector<std::string> remarks = {};                  ///< what was taken from where, and what not
    std::vector<std::string> voxel_remarks = {};            ///< of its edges, where nobody gives them
};

/// Looks for files beside a headerless one, packed or not, that describe it, and at its name: rock.raw.json of
/// `lapilli` itself; rock.vol.info or rock.info of PyHST or ImageJ, rock.txt of ImageJ; rock.mhd and rock.nhdr that name
/// it. Whoever contradicts the user is passed over with a remark, the name also where it contradicts a file.
/// @throws Error two files beside it that contradict each other where the user says nothing
KnownRaw look_beside(const file::InputFile& file, bool packed, const RawFormat& given);

/// What the record of `lapilli` beside an image, rock.npy.json, says of it; nothing if there is none.
std::optional<RawClaim> record_beside(const std::string& image);

/// From whom its voxel size is taken, a sentence. @param claim  that says one
std::string voxel_size_remark(const RawClaim& claim);

} // namespace lapilli::format
