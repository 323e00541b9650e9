// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/made_image.hpp"

#include "cli/new_file.hpp"
#include "file/atomic_file.hpp"
#include "image/write.hpp"
#include "report/voxel_size.hpp"

namespace lapilli::cli {

MadeImage::MadeImage(const parallel::Communicator& comm, const std::string& file, bool force, const format::NewImage& image)
    : comm_(comm), file_(file), image_(image)
{
    comm.together([&] {
        if (!comm.is_root()) return;
        for (const auto& name : {file, record()}) require_new_file(name, force);
        words_ = std::make_unique<file::PendingFile>(record());
    });
    writer_ = image::open_for_writing(comm, file, image);
}

MadeImage::~MadeImage() = default;

nlohmann::ordered_json MadeImage::describe(std::span<const std::int64_t> voxels, double porosity) const
{
    nlohmann::ordered_json labels = nlohmann::ordered_json::object();
    for (std::size_t label = 0; label < voxels.size(); ++label)
        if (voxels[label] > 0) labels[std::to_string(label)] = voxels[label];
    return {{"path", file_},
            {"shape", {image_.shape.nz, image_.shape.ny, image_.shape.nx}},
            {"voxel_size_m", report::voxel_size_json(image_.voxel_edges_m)},
            {"labels", labels},
            {"porosity", porosity}};
}

void MadeImage::write(const nlohmann::ordered_json& record, std::span<const std::uint8_t> mine)
{
    comm_.together([&] { // before the image, so that a full disk leaves neither without the other
        if (!comm_.is_root()) return;
        // A file name need not be UTF-8, but JSON must be.
        const auto text = record.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
        words_->write(std::as_bytes(std::span(text)));
        words_->sync();
    });
    image::write_image(comm_, image_, std::as_bytes(mine), writer_.get());
    comm_.together([&] {
        if (comm_.is_root()) words_->commit();
    });
}

} // namespace lapilli::cli
