// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "field/fields_writer.hpp"

#include "field/fields_skeleton.hpp"
#include "field/xdmf.hpp"
#include "file/atomic_file.hpp"
#include "file/output_file.hpp"

#include <algorithm>
#include <type_traits>

namespace lapilli::field {
namespace {

constexpr const char* data_name = "fields.h5";

} // namespace

std::int64_t FieldsWriter::bytes_of(const FieldGrid& grid, std::span<const Field> fields, std::int64_t pores)
{
    constexpr std::int64_t margin = 65536; // for what HDF5 says of them
    std::int64_t bytes = margin;
    // A float hardly packs, least of all a velocity; where the pores are takes a bit of each voxel, in each byte of a value.
    for (const auto& field : fields) bytes += field.bytes() * (pores + grid.shape.voxels() / 8) + margin;
    return bytes;
}

FieldsWriter::FieldsWriter(const parallel::Communicator& comm, const std::filesystem::path& folder, const FieldGrid& grid,
                           std::vector<Field> fields, std::int64_t pores, const Provenance& provenance)
    : comm_(comm), folder_(folder), grid_(grid), chunks_(grid.shape), fields_(std::move(fields))
{
    temporary_ = comm_.on_root([&] {
        const auto path = folder_ / data_name;
        file_ = std::make_unique<file::PendingFile>(path);
        room_ = bytes_of(grid_, fields_, pores);
        file_->reserve(room_);
        skeleton_ = std::make_unique<FieldsSkeleton>(path.string(), grid_, fields_, provenance);
        return file_->temporary().string();
    });
}

FieldsWriter::~FieldsWriter() = default;

/// @throws Error there is none of that name and type
std::size_t FieldsWriter::find(const std::string& name, Field::Type type) const
{
    const auto field = std::ranges::find(fields_, name, &Field::name);
    if (field == fields_.end() || field->type != type)
        throw failure("there is no field {} of that type in {}; please report it", name, data_name);
    return field - fields_.begin();
}

/// The file gets any size that this field could need before the ranks open it, which network disks want. Takes no space.
void FieldsWriter::make_room(std::size_t field)
{
    comm_.together([&] {
        if (!comm_.is_root()) return;
        next_layer_ = 0;
        const auto most = end_ + 2 * fields_[field].bytes() * grid_.shape.voxels() + bytes_of(grid_, fields_, 0);
        if (most > room_) file_->resize(room_ = most);
    });
}

/// Where each rank writes the chunks of its layer. Collective.
std::vector<std::int64_t> FieldsWriter::places(std::size_t field, std::int64_t layer, const PackedLayer& packed)
{
    std::vector<std::vector<std::int64_t>> words(comm_.size());
    words.front() = packed.sizes;
    if (!packed.sizes.empty()) words.front().push_back(layer);
    words = comm_.exchange_all(words);
    comm_.together([&] {
        if (!comm_.is_root()) return;
        for (auto& of_rank : words) {
            if (of_rank.empty()) continue;
            if (of_rank.back() != next_layer_++) throw failure("layers of a field came in another order; please report it");
            of_rank.pop_back();
            const auto sizes = of_rank;
            of_rank = skeleton_->place(field, next_layer_ - 1, sizes);
            for (std::size_t i = 0; i < sizes.size(); ++i) end_ = std::max(end_, of_rank[i] + sizes[i]);
        }
        if (end_ > room_) throw failure("{} became larger than any field; please report it", data_name);
    });
    return comm_.exchange_all(words).front();
}

void FieldsWriter::write_layer(std::size_t field, const file::OutputFile& file, PlaneRange planes,
                               std::span<const std::byte> values)
{
    PackedLayer packed;
    comm_.together([&] {
        if (std::ssize(values) != planes.count() * grid_.shape.plane() * fields_[field].bytes())
            throw failure("{} bytes were given for {} planes of {}; please report it", values.size(), planes.count(),
                          fields_[field].name);
        if (planes.count() > 0) packed = pack(fields_[field], chunks_, values);
    });
    const auto begins = places(field, planes.first / Chunks::edge, packed);
    comm_.together([&] {
        std::span<const std::byte> bytes = packed.bytes;
        for (std::size_t i = 0; i < packed.sizes.size(); ++i) {
            if (packed.sizes[i] > 0) file.write(begins[i], bytes.first(packed.sizes[i]));
            bytes = bytes.subspan(packed.sizes[i]);
        }
    });
}

template <class T>
void FieldsWriter::write(const std::string& name, const Statistics& statistics,
                         const std::function<void(const Take<T>&)>& give)
{
    const auto field = find(name, std::is_same_v<T, float> ? Field::Type::f32 : Field::Type::u8);
    make_room(field);
    std::unique_ptr<file::OutputFile> file;
    comm_.together([&] {
        file = std::make_unique<file::OutputFile>(temporary_, (folder_ / data_name).string());
        if (comm_.is_root()) skeleton_->add_statistics(field, statistics);
    });
    give([&](PlaneRange planes, std::span<const T> values) { write_layer(field, *file, planes, std::as_bytes(values)); });
    comm_.together([&] { file->sync(); });
    written_.push_back(name);
}

template void FieldsWriter::write<float>(const std::string&, const Statistics&,
                                         const std::function<void(const Take<float>&)>&);
template void FieldsWriter::write<std::uint8_t>(const std::string&, const Statistics&,
                                                const std::function<void(const Take<std::uint8_t>&)>&);

void FieldsWriter::finish()
{
    comm_.together([&] {
        if (!comm_.is_root()) return;
        for (const auto& field : fields_)
            if (std::ranges::find(written_, field.name) == written_.end())
                throw failure("the field {} was not written; please report it", field.name);
        skeleton_->write_around(*file_);
        file_->commit();
        file::write_file(folder_ / "fields.xdmf", xdmf(grid_, fields_, data_name)); // last: who sees it finds its data
    });
}

} // namespace lapilli::field
