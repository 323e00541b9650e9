// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "format/tiff/tiff_file.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lapilli::format {

/// What the description text of a TIFF's first page says of the volume, in whose words ever.
struct TiffDescription {
    /// A length as it is written, with its unit.
    struct Length {
        double number = 0;
        std::string unit;
    };
    enum class Style { unknown, imagej, json, ome };

    Style style = Style::unknown;
    std::int64_t planes = 0; ///< that the file holds of all channels and times; 0: it does not say
    std::int64_t slices = 1; ///< planes of one volume
    std::int64_t channels = 1;
    std::int64_t times = 1;                           ///< or other volumes beside one another
    std::int64_t files = 1;                           ///< over which an OME image is spread
    std::optional<std::int64_t> moved = std::nullopt; ///< OME: a page that is another plane than its number says
    bool in_one_piece = false;                        ///< all planes lie behind the first page, which is the only one
    std::vector<double> own = {};                     ///< "voxel_size_m=": a cube's edge, or those along z, y, x [m]
    std::optional<std::string> unit = std::nullopt;   ///< ImageJ and JSON: also that of the resolution tags
    std::optional<Length> x = std::nullopt, y = std::nullopt,
                          z = std::nullopt; ///< edges of a voxel; ImageJ and JSON: z ("spacing") only
};

/// @param text  of the first page, any bytes
TiffDescription tiff_description(std::string_view text);

/// "ImageJ's", "the OME", "the JSON": whose description it is, for sentences.
std::string_view owner(const TiffDescription& description);

/// The description text of the page at which `tiff` stands, empty if none. Valid until another page is taken.
std::string_view description_text(TiffFile& tiff);

/// Whether the planes of the file are those of one volume: `remarks` gets what is doubtful.
/// @param pages  that the file has
/// @throws Error several volumes or channels, or fewer planes than are promised
void require_one_volume(const std::string& path, const TiffDescription& description, std::int64_t pages,
                        std::vector<std::string>& remarks);

} // namespace lapilli::format
