// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/dicom/dicom_reader.hpp"

#include "core/error.hpp"
#include "file/input_file.hpp"
#include "format/decode.hpp"
#include "format/dicom/dicom_planes.hpp"
#include "format/paint.hpp"
#include "format/slices/slices_reader.hpp"
#include "format/slices/visible_files.hpp"
#include "format/voxel_size.hpp"
#include "text/natural_order.hpp"

#include <algorithm>
#include <bit>
#include <concepts>
#include <cstring>
#include <filesystem>
#include <utility>

namespace lapilli::format {
namespace {

/// Numbers of fewer bits than their place has: what stands above them is no part of them.
void keep_used_bits(VoxelType type, int unused, std::span<std::byte> voxels)
{
    with_type(type, [&]<class T>(T) {
        if constexpr (std::integral<T>)
            for (std::size_t at = 0; at + sizeof(T) <= voxels.size(); at += sizeof(T)) {
                T voxel;
                std::memcpy(&voxel, voxels.data() + at, sizeof(T));
                voxel = static_cast<T>(static_cast<T>(voxel << unused) >> unused);
                std::memcpy(voxels.data() + at, &voxel, sizeof(T));
            }
    });
}

std::vector<std::string> remarks_on(const DicomFile& file, const std::string& path)
{
    std::vector<std::string> remarks;
    if (file.slope != 1 || file.intercept != 0)
        remarks.push_back(
            fmt::format("voxels of {} are the stored numbers; the scanner's are these times {:.6g} plus {:.6g} "
                        "(RescaleSlope, RescaleIntercept)",
                        path, file.slope, file.intercept));
    if (file.white_is_zero)
        remarks.push_back(
            fmt::format("{} paints its smallest number white (MONOCHROME1), so viewers may show it inverted; voxels "
                        "are the stored numbers",
                        path));
    if (file.palette) remarks.push_back(palette_remark(path));
    return remarks;
}

class DicomReader : public ImageReader {
public:
    DicomReader(const std::string& path, const std::vector<DicomFile>& files)
        : planes_(dicom_planes(path, files)), unused_(files[0].bits - files[0].bits_used)
    {
        const DicomFile& first = files[0];
        const VoxelSize size = dicom_voxel_size(first, planes_);
        description_ = {.path = path,
                        .format = fmt::format("{} {}", files.size() > 1 ? "DICOM series of" : "DICOM", name(first.type())),
                        .shape = {std::ssize(planes_), first.ny, first.nx},
                        .type = first.type(),
                        .voxel_edges_m = size.edges_m,
                        .voxel_by = size.by,
                        .remarks = remarks_on(first, path),
                        .voxel_remarks = size.remarks};
    }

    bool streamed() const override { return false; }

protected:
    void load(PlaneRange planes, std::span<std::byte> voxels) override
    {
        const VoxelType type = description_.type;
        const std::int64_t plane = description_.shape.plane() * bytes_of(type);
        for (std::int64_t z = planes.first; z < planes.last; ++z) {
            const auto into = voxels.subspan((z - planes.first) * plane, plane);
            file::InputFile(planes_[z].path).read(planes_[z].at, into);
            if (std::endian::native == std::endian::big && bytes_of(type) > 1) swap_bytes(type, into);
        }
        if (unused_ > 0) keep_used_bits(type, unused_, voxels);
    }

private:
    std::vector<DicomPlane> planes_;
    int unused_; ///< bits of a voxel
};

/// The files that may be DICOM, in an order that is the same everywhere.
std::vector<std::string> others_than_slices(const std::string& folder)
{
    auto names = visible_files(folder);
    std::erase_if(names, [](const std::string& name) { return is_slice_name(name) || name == "DICOMDIR"; });
    std::ranges::sort(names, text::natural_less);
    for (auto& name : names) name = (std::filesystem::path(folder) / name).string();
    return names;
}

bool has_mark(const std::string& path)
{
    std::error_code ignored;
    return std::filesystem::is_regular_file(path, ignored) && std::filesystem::file_size(path, ignored) > 0 &&
           is_dicom(file::InputFile(path));
}

} // namespace

bool is_dicom_folder(const std::string& folder)
{
    constexpr std::size_t most_looks = 8; // beside them lie texts, tables, pictures for people
    const auto paths = others_than_slices(folder);
    const std::size_t slices = std::ranges::count_if(visible_files(folder), is_slice_name);
    const auto looked_at = std::span(paths).first(std::min(most_looks, paths.size()));
    return paths.size() >= slices && std::ranges::any_of(looked_at, has_mark);
}

std::unique_ptr<ImageReader> open_dicom_folder(const std::string& folder)
{
    std::vector<DicomFile> files;
    for (const auto& path : others_than_slices(folder)) {
        if (!has_mark(path)) continue;
        if (DicomFile image = dicom_file(file::InputFile(path)); image.ny > 0) files.push_back(std::move(image));
    }
    if (files.empty())
        throw input_error("{} holds files of DICOM, but none of them has a picture; is it the right folder?", folder);
    return std::make_unique<DicomReader>(folder, files);
}

std::unique_ptr<ImageReader> open_dicom(const std::string& file)
{
    const DicomFile image = dicom_file(file::InputFile(file));
    if (image.ny == 0) throw input_error("{} is DICOM without a picture, but an image is expected; name another file", file);
    return std::make_unique<DicomReader>(file, std::vector{image});
}

} // namespace lapilli::format
