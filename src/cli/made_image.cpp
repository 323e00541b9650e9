// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/made_image.hpp"

#include "cli/new_file.hpp"
#include "file/atomic_file.hpp"
#include "image/write.hpp"
#include "launch/stop_request.hpp"
#include "report/voxel_size.hpp"

namespace lapilli::cli {

MadeImage::MadeImage(const parallel::Communicator& comm, const std::string& file, bool force, const format::NewImage& image,
                     Record record)
    : comm_(comm), file_(file), image_(image)
{
    comm.together([&] {
        if (record == Record::always || !format::written_format(file).says_voxel_size)
            record_ = file.substr(0, file.find_last_not_of('/') + 1) + ".json"; // shells put a '/' behind folders
        if (!comm.is_root()) return;
        const bool folder = format::written_format(file).folder;
        (folder ? require_new_name : require_new_file)(file, force);
        if (record_.empty()) return;
        require_new_file(record_, force);
        words_ = std::make_unique<file::PendingFile>(record_);
    });
    writer_ = image::open_for_writing(comm, file, image);
}

MadeImage::~MadeImage() = default;

nlohmann::ordered_json MadeImage::describe() const
{
    return {{"path", file_},
            {"shape", {image_.shape.nz, image_.shape.ny, image_.shape.nx}},
            {"type", format::name(image_.type)},
            {"endian", "little"},
            {"voxel_size_m", report::voxel_size_json(image_.voxel_edges_m)}};
}

nlohmann::ordered_json MadeImage::describe(std::span<const std::int64_t> voxels, double porosity) const
{
    auto words = describe();
    words["labels"] = nlohmann::ordered_json::object();
    for (std::size_t label = 0; label < voxels.size(); ++label)
        if (voxels[label] > 0) words["labels"][std::to_string(label)] = voxels[label];
    words["porosity"] = porosity;
    return words;
}

void MadeImage::write(const nlohmann::ordered_json& record, std::span<const std::byte> mine)
{
    comm_.together([&] { // before the image, so that a full disk leaves neither without the other
        if (!words_) return;
        // A file name need not be UTF-8, but JSON must be.
        const auto text = record.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
        words_->write(std::as_bytes(std::span(text)));
        words_->sync();
    });
    image::write_image(comm_, image_, mine, writer_.get());
    comm_.together([&] {
        if (!comm_.is_root()) return;
        const launch::DeferredStop both_or_none; // an image with the words of another would have its voxel size
        writer_->finish();
        if (words_) words_->commit();
    });
}

} // namespace lapilli::cli
