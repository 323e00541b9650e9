// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/slices/png_reader.hpp"

#include "core/error.hpp"
#include "format/paint.hpp"
#include "format/pixel_density.hpp"
#include "format/slices/png_decoder.hpp"
#include "text/sentence.hpp"

#include <algorithm>
#include <utility>

namespace lapilli::format {
namespace {

class PngReader : public ImageReader {
public:
    explicit PngReader(file::InputFile file) : file_(std::move(file)), header_(PngDecoder(file_).header())
    {
        constexpr std::int64_t best_ratio = 1032; // of deflate
        if (header_.ny * ((header_.nx * header_.numbers * header_.bits + 7) / 8) / best_ratio > file_.size())
            throw input_error(
                "{} has {} bytes, too few for the {} x {} voxels that it promises; it was cut off or is damaged",
                file_.path(), text::grouped(file_.size()), header_.nx, header_.ny);
        const VoxelSize size = cubes_of_density(header_.x_per_metre, header_.y_per_metre);
        description_ = {.path = file_.path(),
                        .format = kind(),
                        .shape = {1, header_.ny, header_.nx},
                        .type = header_.bits > 8 ? VoxelType::u16 : VoxelType::u8,
                        .voxel_edges_m = size.edges_m,
                        .voxel_by = size.by,
                        .voxel_remarks = size.remarks};
        if (header_.palette) description_.remarks.push_back(palette_remark(file_.path()));
        if (voxel().has_opacity()) description_.remarks.push_back(opacity_remark(file_.path()));
    }

    bool streamed() const override { return false; }

protected:
    void load(PlaneRange planes, std::span<std::byte> voxels) override
    {
        if (planes.count() == 0) return;
        PngDecoder decoder(file_);
        const PngHeader now = decoder.header();
        if (now.ny != header_.ny || now.row_bytes() != header_.row_bytes() || now.bits != header_.bits)
            throw input_error("{} has changed while it was read; run again when nobody writes to it", file_.path());
        if (header_.numbers == 1) return decoder.read(header_, voxels);
        std::vector<std::byte> rows(header_.ny * header_.row_bytes());
        decoder.read(header_, rows);
        keep_grey(voxel(), rows, {description_.path, description_.shape, 0});
        std::ranges::copy(std::span(rows).first(voxels.size()), voxels.begin());
    }

private:
    PaintedVoxel voxel() const
    {
        return {static_cast<std::size_t>(header_.numbers), static_cast<std::size_t>(header_.bits > 8 ? 2 : 1)};
    }
    std::string kind() const
    {
        const auto bits = header_.bits < 8 ? fmt::format("{} bit", header_.bits) : fmt::format("u{}", header_.bits);
        const auto* colours = header_.numbers > 2 ? " of equal colours" : voxel().has_opacity() ? " with opacity" : "";
        return fmt::format("PNG {}{}{}", bits, colours, header_.palette ? " with palette" : "");
    }

    file::InputFile file_;
    PngHeader header_;
};

} // namespace

std::unique_ptr<ImageReader> open_png(file::InputFile file) { return std::make_unique<PngReader>(std::move(file)); }

} // namespace lapilli::format
