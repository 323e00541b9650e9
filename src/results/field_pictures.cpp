// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "results/field_pictures.hpp"

#include "core/error.hpp"
#include "file/input_file.hpp"
#include "study/stored_pictures.hpp"

#include <nlohmann/json.hpp>

#include <filesystem>

namespace lapilli::results {

namespace {

using nlohmann::ordered_json;

/// Whether these are fields of that image and with that boundary.
bool is_of(const field::FieldList& list, const ordered_json& image, const std::string& boundary)
{
    const auto at = [&](const char* key) { return image.contains(key) ? image[key] : ordered_json(); };
    const ordered_json shape{list.shape.nz, list.shape.ny, list.shape.nx};
    return image.is_object() && at("digest") == list.of.image_digest && at("shape") == shape &&
           (boundary.empty() || boundary == list.of.boundary);
}

} // namespace

ordered_json pictures_of_fields(const std::string& folder, const ordered_json& image, const std::string& boundary)
{
    try {
        const file::InputFile file((std::filesystem::path(folder) / "fields.h5").string(), "the fields of a run");
        field::FieldsApart reader;
        const auto list = reader.list(file.descriptor());
        if (!is_of(list, image, boundary)) return {};
        auto pictures = study::stored_pictures(reader, file.descriptor(), list);
        if (image.contains("outside")) pictures["image"].erase("profile"); // a field is 0 there as it is in the solid
        return pictures;
    } catch (const Error&) {
        return {};
    }
}

} // namespace lapilli::results
