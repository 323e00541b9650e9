// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/axis.hpp"

#include <string>
#include <vector>

namespace lapilli::property {

/// One of the six faces of an image.
struct ImageFace {
    Axis axis = Axis::x;
    bool upper = false;
    friend bool operator==(const ImageFace&, const ImageFace&) = default;
};

using ImageFaces = std::vector<ImageFace>;

inline ImageFaces all_faces()
{
    ImageFaces faces;
    for (const Axis axis : all_axes)
        for (const bool upper : {false, true}) faces.push_back({axis, upper});
    return faces;
}

/// "x-,z+": the lower face of x and the upper one of z; "all".
inline std::string name(const ImageFaces& faces)
{
    if (faces == all_faces()) return "all";
    std::string text;
    for (const auto& face : faces) {
        if (!text.empty()) text += ',';
        text += name(face.axis);
        text += face.upper ? '+' : '-';
    }
    return text;
}

} // namespace lapilli::property
