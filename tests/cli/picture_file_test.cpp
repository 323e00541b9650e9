// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "results/picture_file.hpp"

#include "io/scratch.hpp"
#include "support/catch.hpp"

#include <nlohmann/json.hpp>

#include <filesystem>

using namespace lapilli;
using results::PictureFile;
using results::read_pictures;

TEST_CASE("pictures are kept for the same image and boundary alone")
{
    const test::ScratchFolder folder;
    const auto path = folder.path();
    const nlohmann::ordered_json image{{"path", "a.tif"}, {"digest", "1"}, {"shape", {4, 4, 4}}, {"pore", {0}}};
    PictureFile(path, image, "sealed").add("image", {{"step", 1}});
    auto same = image, other = image;
    same["path"] = "copy of a.tif";
    other["digest"] = "2";
    CHECK(read_pictures(path, same, "sealed").contains("image"));
    CHECK(read_pictures(path, same, "").contains("image"));
    CHECK(read_pictures(path, image, "periodic").is_null());
    CHECK(read_pictures(path, other, "sealed").is_null());
    CHECK(read_pictures(path, {}, "").is_null());

    PictureFile(path, same, "sealed").add("speed_x", {{"step", 1}});
    CHECK(read_pictures(path, image, "sealed").size() == 2);
    PictureFile begun(path, other, "sealed");
    CHECK_FALSE(std::filesystem::exists(folder / PictureFile::name)); // nobody shows them meanwhile
    begun.add("image", {{"step", 2}});
    CHECK(read_pictures(path, other, "sealed").size() == 1);
}
