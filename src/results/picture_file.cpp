// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "results/picture_file.hpp"

#include "core/error.hpp"
#include "file/atomic_file.hpp"
#include "file/input_file.hpp"

#include <algorithm>
#include <filesystem>
#include <span>

namespace lapilli::results {

namespace {

using nlohmann::ordered_json;

constexpr std::int64_t most_bytes = 64'000'000; // 1 MB is usual
constexpr int deepest = 8;

/// Whether two images have the same pictures; as result.json has them, which may be damaged.
bool same_image(const ordered_json& one, const ordered_json& other)
{
    const auto at = [](const ordered_json& image, const char* key) {
        return image.is_object() && image.contains(key) ? image[key] : ordered_json();
    };
    constexpr const char* keys[] = {"digest", "shape", "pore", "conductivity", "crop"};
    return std::ranges::all_of(keys, [&](const char* key) { return at(one, key) == at(other, key); });
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

PictureFile::PictureFile(const std::string& folder, const ordered_json& image, const std::string& boundary)
    : path_((std::filesystem::path(folder) / name).string())
{
    auto kept = read_pictures(folder, image, boundary);
    std::error_code ignored;
    if (kept.is_null()) std::filesystem::remove(path_, ignored);
    all_ = {{"program", "lapilli"}, {"schema", 1}, {"image", image}, {"boundary", boundary}};
    all_["image"].erase("labels"); // of which there may be a million
    all_["pictures"] = kept.is_null() ? ordered_json::object() : std::move(kept);
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

ordered_json read_pictures(const std::string& folder, const ordered_json& image, const std::string& boundary)
{
    auto all = read_whole(std::filesystem::path(folder) / PictureFile::name);
    if (all.is_null() || !same_image(all["image"], image)) return {};
    if (!boundary.empty() && (!all.contains("boundary") || all["boundary"] != boundary)) return {};
    return std::move(all["pictures"]);
}

} // namespace lapilli::results
