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

std::int64_t FieldsWriter::bytes_of(const FieldGrid& grid, std::span<const Field> fields)
{
    std::int64_t bytes = 0;
    for (const auto& field : fields) bytes += field.bytes() * grid.shape.voxels();
    return bytes;
}

FieldsWriter::FieldsWriter(const parallel::Communicator& comm, const std::filesystem::path& folder, const FieldGrid& grid,
                           std::vector<Field> fields, const Provenance& provenance)
    : comm_(comm), folder_(folder), grid_(grid), fields_(std::move(fields))
{
    temporary_ = comm_.on_root([&] {
        const auto path = folder_ / data_name;
        file_ = std::make_unique<file::PendingFile>(path);
        begins_ = write_fields_skeleton(*file_, grid_, fields_, provenance);
        return file_->temporary().string();
    });
    comm_.broadcast(begins_);
}

FieldsWriter::~FieldsWriter() = default;

template <class T>
void FieldsWriter::write(const std::string& name, const std::function<void(const Take<T>&)>& give)
{
    const auto field = std::ranges::find(fields_, name, &Field::name);
    const auto type = std::is_same_v<T, float> ? Field::Type::f32 : Field::Type::u8;
    if (field == fields_.end() || field->type != type)
        throw failure("there is no field {} of that type in {}; please report it", name, data_name);
    const auto begin = begins_[field - fields_.begin()];
    std::unique_ptr<file::OutputFile> file;
    comm_.together([&] { file = std::make_unique<file::OutputFile>(temporary_, (folder_ / data_name).string()); });
    give([&](PlaneRange planes, std::span<const T> values) {
        comm_.together([&] {
            if (std::ssize(values) != planes.count() * grid_.shape.plane() * field->components)
                throw failure("{} values were given for {} planes of {}; please report it", values.size(), planes.count(),
                              name);
            file->write(begin + planes.first * grid_.shape.plane() * field->bytes(), std::as_bytes(values));
        });
    });
    comm_.together([&] { file->sync(); });
    written_.push_back(name);
}

template void FieldsWriter::write<float>(const std::string&, const std::function<void(const Take<float>&)>&);
template void FieldsWriter::write<std::uint8_t>(const std::string&, const std::function<void(const Take<std::uint8_t>&)>&);

void FieldsWriter::finish()
{
    comm_.together([&] {
        if (!comm_.is_root()) return;
        for (const auto& field : fields_)
            if (std::ranges::find(written_, field.name) == written_.end())
                throw failure("the field {} was not written; please report it", field.name);
        file_->commit();
        file::write_file(folder_ / "fields.xdmf", xdmf(grid_, fields_, data_name)); // last: who sees it finds its data
    });
}

} // namespace lapilli::field
