// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/checkpoint_file.hpp"

#include "io/array_hash.hpp"
#include "io/atomic_file.hpp"
#include "io/hdf5_skeleton.hpp"
#include "io/input_file.hpp"
#include "io/sealed_text.hpp"
#include "io/sentence.hpp"
#include "io/shared_dataset.hpp"

#include <algorithm>
#include <cerrno>
#include <memory>
#include <optional>

#include <fcntl.h>
#include <unistd.h>

namespace lapilli::io {
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
    return static_cast<std::uint64_t>(comm.sum(static_cast<std::int64_t>(mine)));
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

/// So that nothing of what this rank has written is only in its memory.
void sync_file(const std::string& path)
{
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
    if (descriptor < 0) throw system_error("write", path, errno);
    const int status = ::fsync(descriptor);
    const int reason = errno;
    ::close(descriptor);
    if (status != 0) throw system_error("write", path, reason);
}

std::vector<std::byte> skeleton_of(const std::string& path, const Json& header)
{
    const QuietHdf5 quiet;
    const Hdf5Skeleton skeleton(path);
    skeleton.add_text("about", "a checkpoint of lapilli; the JSON at its end, before the last 64 bytes, says of what");
    for (const auto& array : header["arrays"]) {
        const std::array<hsize_t, 2> extent{array["count"].get<hsize_t>(), array["lanes"].get<hsize_t>()};
        skeleton.add_dataset(array["name"], array["number"] == sizeof(double) ? H5T_IEEE_F64LE : H5T_IEEE_F32LE,
                             std::span(extent).first(array["lanes"] == 1 ? 1 : 2));
    }
    return skeleton.bytes();
}

/// Everything but the numbers, and the space for them; returns the file's temporary name. Collective.
std::string prepare(const Communicator& comm, PendingFile* file, const Json& header)
{
    return comm.on_root([&] {
        const auto skeleton = skeleton_of(file->path().string(), header);
        file->write(skeleton);
        constexpr std::int64_t margin = 65536; // between the datasets
        auto bytes = static_cast<std::int64_t>(skeleton.size()) + margin;
        for (const auto& array : header["arrays"])
            bytes += array["count"].get<std::int64_t>() * array["lanes"].get<std::int64_t>() *
                     array["number"].get<std::int64_t>();
        // HDF5 1.10 crashes at the end of a process in which a write of its own has failed: a full disk must be met here
        file->reserve(bytes);
        file->sync(); // for ranks on other machines
        return file->temporary().string();
    });
}

/// All ranks into one file; the pieces are added to the header.
void write_together(const Communicator& comm, const std::string& file, const std::string& shown, Json& header,
                    std::span<const Slice> slices)
{
    for (std::size_t a = 0; a < slices.size(); ++a) {
        const auto first = comm.sum_before(slices[a].count());
        SharedDataset dataset(comm, file, slices[a].name, shown);
        dataset.write(first, slices[a].count(), slices[a].bytes.data());
        add_piece(header["arrays"][a],
                  {{}, dataset.offset(), 0, header["arrays"][a]["count"].get<std::int64_t>()}); // "": the file itself
        dataset.close();
    }
    comm.together([&] { sync_file(file); });
}

/// Each rank into a file of its own; the pieces are added to the header.
void write_apart(const Communicator& comm, const std::filesystem::path& path, Json& header, std::span<const Slice> slices)
{
    struct Part {
        std::int64_t rank, array, offset, first, count;
    };
    const auto name_of = [&](std::int64_t rank) { return fmt::format("{}.rank{}", path.filename().string(), rank); };
    std::vector<Part> mine;
    std::int64_t offset = 0;
    for (std::size_t a = 0; a < slices.size(); ++a) {
        mine.push_back(
            {comm.rank(), static_cast<std::int64_t>(a), offset, comm.sum_before(slices[a].count()), slices[a].count()});
        offset += static_cast<std::int64_t>(slices[a].bytes.size());
    }
    comm.together([&] {
        PendingFile file(path.parent_path() / name_of(comm.rank()));
        for (const auto& slice : slices) file.write(slice.bytes);
        file.commit();
    });
    for (const auto& part : comm.gather_all(std::span<const Part>(mine)))
        if (part.count > 0)
            add_piece(header["arrays"][static_cast<std::size_t>(part.array)],
                      {name_of(part.rank), part.offset, part.first, part.count});
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
    const InputFile file(name.empty() ? header.string() : (header.parent_path() / name).string());
    const auto record = static_cast<std::int64_t>(slice.record());
    file.read(piece.at("offset").get<std::int64_t>() + (begin - piece_first) * record,
              slice.bytes.subspan(static_cast<std::size_t>((begin - first) * record),
                                  static_cast<std::size_t>((end - begin) * record)));
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
        written.bytes += comm.sum(static_cast<std::int64_t>(slice.bytes.size()));
    }
    std::unique_ptr<PendingFile> file;
    const auto open = [&] {
        comm.together([&] {
            file.reset();
            if (comm.is_root()) file = std::make_unique<PendingFile>(path);
        });
    };
    open();
    if (files == CheckpointFiles::one) {
        const auto temporary = prepare(comm, file.get(), header);
        auto with_pieces = header;
        try {
            write_together(comm, temporary, path.string(), with_pieces, slices);
            header = with_pieces;
        } catch (const Error&) {
            written.files = CheckpointFiles::one_per_rank;
            open(); // an empty one, for the header alone
        }
    }
    if (written.files == CheckpointFiles::one_per_rank) write_apart(comm, path, header, slices);
    comm.together([&] {
        const auto text = header.dump();
        written.bytes += static_cast<std::int64_t>(text.size());
        if (!comm.is_root()) return;
        append_sealed(*file, text);
        file->commit();
    });
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

} // namespace lapilli::io
