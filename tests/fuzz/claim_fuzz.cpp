// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// What lies beside a headerless file, in each of its forms, and its name.
#include "format/raw/raw_claim.hpp"
#include "input.hpp"
#include "verdict.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace lapilli;
    fuzz::Input input(data, size);
    constexpr std::array forms{format::claim_of_record,    format::claim_of_pyhst, format::claim_of_imagej,
                               format::claim_of_metaimage, format::claim_of_nrrd,  format::claim_of_name};
    const auto read = forms[static_cast<std::size_t>(input.choose(forms.size()))];
    const std::string text = input.text();
    const auto claim = read(text);
    if (!claim) return 0;
    const auto& shape = claim->shape;
    fuzz::require(shape && shape->nz > 0 && shape->ny > 0 && shape->nx > 0, "a claim has a shape of voxels", text);
    fuzz::require(shape->voxels() / shape->plane() == shape->nz, "the voxels of a claim can be counted", text);
    if (const auto& edges = claim->voxel_edges_m)
        fuzz::require(edges->x > 0 && edges->y > 0 && edges->z > 0, "the edges of a claim are lengths", text);
    return 0;
}
