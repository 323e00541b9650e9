// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "results/picture_file.hpp"

#include "core/error.hpp"
#include "file/atomic_file.hpp"
#include "file/input_file.hpp"

#include <filesystem>
#include <span>

namespace lapilli::results {

namespace {

using nlohmann::ordered_json;

constexpr std::int64_t most_bytes = 64'000'000; // 1 MB is usual
constexpr int deepest = 8;

/// What of an image its pictures depend on.
ordered_json identity_of_image(const ordered_json& image)
{
    ordered_json identity = ordered_json::object();
    for (const char* key : {"digest", "shape", "pore", "conductivity", "crop"})
        if (image.contains(key)) identity[key] = image[key];
    return identity;
}

/// The whole file; null where it is damaged.
ordered_json read_whole(const std::filesystem::path& path)
{
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(path, ignored)) return {};
    try {
        const file::InputFile file(path.string(), "pictures");
        if (file.size() > most_bytes) return {};
        std::string text(file.size(), '\0');
        file.read(0, std::as_writable_bytes(std::span(text)));
        bool sound = true;
        auto json = ordered_json::parse(
            text,
            [&](int depth, ordered_json::parse_event_t, const ordered_json&) {
                sound = sound && depth <= deepest;
                return sound;
            },
            false);
        const bool own = sound && json.is_object() && json.contains("program") && json["program"] == "lapilli" &&
                         json.contains("pictures") && json["pictures"].is_object() && json.contains("image") &&
                         json["image"].is_object();
        return own ? json : ordered_json();
    } catch (const Error&) {
        return {};
    }
}

} // namespace

PictureFile::PictureFile(const std::string& folder, const ordered_json& image)
    : path_((std::filesystem::path(folder) / name).string()), all_(read_whole(path_))
{
    if (all_.is_null() || identity_of_image(all_["image"]) != identity_of_image(image))
        all_ = {{"program", "lapilli"}, {"schema", 1}, {"image", {}}, {"pictures", ordered_json::object()}};
    all_["image"] = image;
    all_["image"].erase("labels"); // of which there may be a million
}

void PictureFile::add(const std::string& picture, ordered_json pictures)
{
    all_["pictures"][picture] = std::move(pictures);
    file::write_file(path_, all_.dump() + "\n");
}

bool is_own_pictures(const std::string& path)
{
    std::error_code ignored;
    return !read_whole(path).is_null() || std::filesystem::file_size(path, ignored) == 0;
}

ordered_json read_pictures(const std::string& folder)
{
    return read_whole(std::filesystem::path(folder) / PictureFile::name);
}

} // namespace lapilli::results
