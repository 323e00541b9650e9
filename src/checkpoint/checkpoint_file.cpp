// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "checkpoint/checkpoint_file.hpp"

#include "checkpoint/array_hash.hpp"
#include "checkpoint/sealed_text.hpp"
#include "core/error.hpp"
#include "file/atomic_file.hpp"
#include "file/input_file.hpp"
#include "file/output_file.hpp"
#include "format/hdf5/hdf5_skeleton.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <memory>

namespace lapilli::checkpoint {
namespace {

using Json = nlohmann::ordered_json;
using parallel::Communicator;
using parallel::Slice;

/// Records of an array that lie in one file, one behind the other.
struct Piece {
    std::string file; ///< beside the header
    std::int64_t offset = 0, first = 0, count = 0;
};

std::uint64_t hash_of(const Communicator& comm, const Slice& slice, std::int64_t first)
{
    const auto mine = array_hash(slice.bytes, slice.record(), first);
    return comm.sum(mine);
}

/// What the header says of an array, but for its pieces. Collective.
Json describe(const Communicator& comm, const Slice& slice)
{
    return {{"name", slice.name},
            {"number", slice.number},
            {"lanes", slice.lanes},
            {"count", comm.sum(slice.count())},
            {"hash", fmt::format("{:016x}", hash_of(comm, slice, comm.sum_before(slice.count())))},
            {"pieces", Json::array()}};
}

void add_piece(Json& array, const Piece& piece)
{
    array["pieces"].push_back(
        {{"file", piece.file}, {"offset", piece.offset}, {"first", piece.first}, {"count", piece.count}});
}

/// Everything but the numbers, and the space for them; returns the file's temporary name, and adds the pieces to the header.
/// Collective.
std::string prepare(const Communicator& comm, file::PendingFile* file, Json& header)
{
    auto& arrays = header["arrays"];
    std::vector<std::int64_t> begins;
    const auto name = comm.on_root([&] {
        format::Hdf5Skeleton skeleton(file->path().string());
        skeleton.add_text("about", about_checkpoint);
        for (const auto& array : arrays) {
            const std::array<hsize_t, 2> extent{array["count"].get<hsize_t>(), array["lanes"].get<hsize_t>()};
            skeleton.add_dataset(array["name"], array["number"] == sizeof(double) ? H5T_IEEE_F64LE : H5T_IEEE_F32LE,
                                 std::span(extent).first(array["lanes"] == 1 ? 1 : 2));
        }
        begins = skeleton.write_to(*file);
        return file->temporary().string();
    });
    comm.broadcast(begins);
    for (std::size_t a = 0; a < begins.size(); ++a)
        add_piece(arrays[a], {{}, begins[a], 0, arrays[a]["count"].get<std::int64_t>()}); // "": the file itself
    return name;
}

/// All ranks into one file; the pieces are added to the header. Collective.
void write_together(const Communicator& comm, file::PendingFile* pending, const std::string& shown, Json& header,
                    std::span<const Slice> slices)
{
    const auto name = prepare(comm, pending, header);
    std::vector<std::int64_t> first;
    for (const auto& slice : slices) first.push_back(comm.sum_before(slice.count()));
    comm.together([&] {
        const file::OutputFile file(name, shown);
        for (std::size_t a = 0; a < slices.size(); ++a) {
            const auto begin = header["arrays"][a]["pieces"][0]["offset"].get<std::int64_t>();
            file.write(begin + first[a] * slices[a].record(), slices[a].bytes);
        }
        file.sync();
    });
}

/// Where a rank writes alone.
std::filesystem::path part_of(const std::filesystem::path& path, std::int64_t rank)
{
    return path.parent_path() / fmt::format("{}.rank{}", path.filename().string(), rank);
}

/// Each rank into a file of its own; the pieces are added to the header.
void write_apart(const Communicator& comm, const std::filesystem::path& path, Json& header, std::span<const Slice> slices)
{
    struct Part {
        std::int64_t rank, array, offset, first, count;
    };
    std::vector<Part> mine;
    std::int64_t offset = 0;
    for (std::int64_t a = 0; a < std::ssize(slices); ++a) {
        mine.push_back({comm.rank(), a, offset, comm.sum_before(slices[a].count()), slices[a].count()});
        offset += std::ssize(slices[a].bytes);
    }
    comm.together([&] {
        file::PendingFile file(part_of(path, comm.rank()));
        for (const auto& slice : slices) file.write(slice.bytes);
        file.commit();
    });
    for (const auto& part : comm.gather_all(std::span<const Part>(mine)))
        if (part.count > 0)
            add_piece(header["arrays"][part.array],
                      {part_of(path, part.rank).filename().string(), part.offset, part.first, part.count});
}

/// The file under its temporary name, on rank 0; one that is open already is removed. Collective.
void open(const Communicator& comm, const std::filesystem::path& path, std::unique_ptr<file::PendingFile>& file)
{
    comm.together([&] {
        file.reset();
        if (comm.is_root()) file = std::make_unique<file::PendingFile>(path);
    });
}

/// The header, and the file's name. Collective.
void finish(const Communicator& comm, file::PendingFile* file, const std::string& text)
{
    comm.together([&] {
        if (!comm.is_root()) return;
        append_sealed(*file, text);
        file->commit();
    });
}

/// Fills what of a slice lies in one piece. @param first  of the slice, in the whole array
std::int64_t read_piece(const std::filesystem::path& header, const Json& piece, const Slice& slice, std::int64_t first)
{
    const std::string name = piece.at("file");
    if (name.find('/') != std::string::npos) throw failure("{} is damaged: it names {}", header.string(), name);
    const auto piece_first = piece.at("first").get<std::int64_t>();
    const auto begin = std::max(first, piece_first);
    const auto end = std::min(first + slice.count(), piece_first + piece.at("count").get<std::int64_t>());
    if (begin >= end) return 0;
    const file::InputFile file(name.empty() ? header.string() : (header.parent_path() / name).string(),
                               "a part of a checkpoint");
    const std::int64_t record = slice.record();
    file.read(piece.at("offset").get<std::int64_t>() + (begin - piece_first) * record,
              slice.bytes.subspan((begin - first) * record, (end - begin) * record));
    return end - begin;
}

/// The array of the header that a slice is to be filled from.
const Json& find_array(const std::filesystem::path& path, const Json& header, const Slice& slice, std::int64_t count)
{
    for (const auto& array : header.at("arrays"))
        if (array.at("name") == slice.name && array.at("count") == count && array.at("number") == slice.number &&
            array.at("lanes") == slice.lanes)
            return array;
    throw failure("{} has no array {} of {} records", path.string(), slice.name, count);
}

} // namespace

WrittenCheckpoint write_checkpoint(const Communicator& comm, const std::filesystem::path& path, Json header,
                                   std::span<const Slice> slices, CheckpointFiles files)
{
    WrittenCheckpoint written{.files = files};
    header["arrays"] = Json::array();
    for (const auto& slice : slices) {
        header["arrays"].push_back(describe(comm, slice));
        written.bytes += comm.sum(std::ssize(slice.bytes));
    }
    std::unique_ptr<file::PendingFile> file;
    open(comm, path, file);
    if (files == CheckpointFiles::one) {
        auto with_pieces = header;
        try {
            write_together(comm, file.get(), path.string(), with_pieces, slices);
            header = std::move(with_pieces);
        } catch (const Error& error) {
            written.files = CheckpointFiles::one_per_rank;
            written.fault = error;
            open(comm, path, file); // an empty one, for the header alone
        }
    }
    try {
        if (written.files == CheckpointFiles::one_per_rank) write_apart(comm, path, header, slices);
        const auto text = header.dump();
        written.bytes += std::ssize(text);
        finish(comm, file.get(), text);
    } catch (const Error&) { // parts without their header are good for nothing
        std::error_code ignored;
        if (written.files == CheckpointFiles::one_per_rank) std::filesystem::remove(part_of(path, comm.rank()), ignored);
        throw;
    }
    return written;
}

Json read_checkpoint_header(const std::filesystem::path& path)
{
    auto header = Json::parse(read_sealed(path.string()), nullptr, false);
    if (!header.is_object()) throw failure("{} is damaged: its header makes no sense", path.string());
    return header;
}

void read_checkpoint(const Communicator& comm, const std::filesystem::path& path, const Json& header,
                     std::span<const Slice> slices)
{
    for (const auto& slice : slices) {
        const auto count = comm.sum(slice.count()), first = comm.sum_before(slice.count());
        std::string written;
        comm.together([&] {
            const auto& array = find_array(path, header, slice, count);
            written = array.at("hash");
            std::int64_t filled = 0;
            for (const auto& piece : array.at("pieces")) filled += read_piece(path, piece, slice, first);
            if (filled != slice.count()) throw failure("{} is damaged: parts of {} are missing", path.string(), slice.name);
        });
        const auto found = fmt::format("{:016x}", hash_of(comm, slice, first));
        comm.together([&] {
            if (found != written) throw failure("{} is damaged: {} is not what was written", path.string(), slice.name);
        });
    }
}

} // namespace lapilli::checkpoint
