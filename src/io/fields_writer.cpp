// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/fields_writer.hpp"

#include "io/atomic_file.hpp"
#include "io/fields_skeleton.hpp"
#include "io/hdf5_handle.hpp"
#include "io/xdmf.hpp"

#include <algorithm>
#include <array>
#include <type_traits>

namespace lapilli::io {
namespace {

constexpr const char* data_name = "fields.h5";
constexpr std::int64_t most_bytes = std::int64_t{1} << 30; // of one write: MPI-IO counts in int

void require(bool good, const std::string& path)
{
    if (!good) throw failure("cannot write {}: {}; run again when that is mended", path, hdf5_reason());
}

/// One dataset, open on all ranks.
class OpenField {
public:
    OpenField(const parallel::Communicator& comm, const std::string& path, const Field& field, const Shape& shape)
        : comm_(comm), path_(path), field_(field), shape_(shape)
    {
        comm_.together([&] {
            const QuietHdf5 quiet;
            const Hdf5Handle access = hdf5_file_access();
            // The communicator must not have a Cartesian topology: OMPIO of Open MPI 4.1 then writes to wrong places.
            require(H5Pset_fapl_mpio(access.get(), comm_.handle(), MPI_INFO_NULL) >= 0, path_);
            file_ = {H5Fopen(path_.c_str(), H5F_ACC_RDWR, access.get()), H5Fclose};
        });
        comm_.together([&] {
            require(static_cast<bool>(file_), path_);
            const QuietHdf5 quiet;
            dataset_ = {H5Dopen2(file_.get(), field_.name.c_str(), H5P_DEFAULT), H5Dclose};
            require(static_cast<bool>(dataset_), path_);
        });
    }

    /// In pieces that MPI can count, equally many on every rank.
    void write(PlaneRange planes, const std::byte* values)
    {
        const std::int64_t plane_bytes = shape_.plane() * field_.bytes();
        const std::int64_t at_once = std::max<std::int64_t>(1, most_bytes / plane_bytes);
        const auto pieces = comm_.max((planes.count() + at_once - 1) / at_once);
        for (std::int64_t piece = 0; piece < pieces; ++piece) {
            const auto cut = [&](std::int64_t n) { return std::min(planes.last, planes.first + n * at_once); };
            const PlaneRange part{cut(piece), cut(piece + 1)};
            comm_.together([&] { write_piece(part, values + (part.first - planes.first) * plane_bytes); });
        }
    }

    void close()
    {
        comm_.together([&] {
            const bool good = dataset_.close();
            require(file_.close() && good, path_);
        });
    }

private:
    /// Collective in HDF5, so a rank without planes selects nothing but calls it, too.
    void write_piece(PlaneRange planes, const std::byte* values)
    {
        const QuietHdf5 quiet;
        const std::array<hsize_t, 4> start{static_cast<hsize_t>(planes.first), 0, 0, 0};
        const std::array<hsize_t, 4> count{static_cast<hsize_t>(planes.count()), static_cast<hsize_t>(shape_.ny),
                                           static_cast<hsize_t>(shape_.nx), static_cast<hsize_t>(field_.components)};
        const int rank = field_.components > 1 ? 4 : 3;
        const Hdf5Handle stored(H5Dget_space(dataset_.get()), H5Sclose);
        const Hdf5Handle memory(H5Screate_simple(rank, count.data(), nullptr), H5Sclose);
        if (planes.count() > 0) {
            H5Sselect_hyperslab(stored.get(), H5S_SELECT_SET, start.data(), nullptr, count.data(), nullptr);
        } else {
            H5Sselect_none(stored.get());
            H5Sselect_none(memory.get());
        }
        const Hdf5Handle transfer(H5Pcreate(H5P_DATASET_XFER), H5Pclose);
        H5Pset_dxpl_mpio(transfer.get(), H5FD_MPIO_COLLECTIVE);
        // the type of the file is that of the memory, for HDF5 writes one by one what it has to convert
        const Hdf5Handle type(H5Dget_type(dataset_.get()), H5Tclose);
        require(H5Dwrite(dataset_.get(), type.get(), memory.get(), stored.get(), transfer.get(), values) >= 0, path_);
        std::uint32_t here = 0, anywhere = 0;
        H5Pget_mpio_no_collective_cause(transfer.get(), &here, &anywhere);
        if (anywhere != H5D_MPIO_COLLECTIVE)
            throw failure("HDF5 did not write {} on all ranks together (cause {}); please report it", path_, anywhere);
    }

    parallel::Communicator comm_;
    std::string path_;
    Field field_;
    Shape shape_;
    Hdf5Handle file_;
    Hdf5Handle dataset_;
};

} // namespace

FieldsWriter::FieldsWriter(const parallel::Communicator& comm, const std::filesystem::path& folder, const FieldGrid& grid,
                           std::vector<Field> fields, const Provenance& provenance)
    : comm_(comm), folder_(folder), grid_(grid), fields_(std::move(fields))
{
    temporary_ = comm_.on_root([&] {
        const auto path = folder_ / data_name;
        file_ = std::make_unique<PendingFile>(path);
        const auto skeleton = fields_skeleton(path.string(), grid_, fields_, provenance);
        file_->write(skeleton);
        constexpr std::int64_t margin = 65536; // between the datasets
        auto bytes = static_cast<std::int64_t>(skeleton.size()) + margin;
        for (const auto& field : fields_) bytes += grid_.shape.voxels() * field.bytes();
        // HDF5 1.10 crashes at the end of a process in which a write of its own has failed: a full disk must be met here
        file_->reserve(bytes);
        file_->sync(); // for ranks on other machines
        return file_->temporary().string();
    });
}

FieldsWriter::~FieldsWriter() = default;

template <class T>
void FieldsWriter::write(const std::string& name, const std::function<void(const Take<T>&)>& give)
{
    const auto field = std::ranges::find(fields_, name, &Field::name);
    const auto type = std::is_same_v<T, float> ? Field::Type::f32 : Field::Type::u8;
    if (field == fields_.end() || field->type != type)
        throw failure("there is no field {} of that type in {}; please report it", name, data_name);
    OpenField open(comm_, temporary_, *field, grid_.shape);
    give([&](PlaneRange planes, std::span<const T> values) {
        comm_.together([&] {
            if (static_cast<std::int64_t>(values.size()) != planes.count() * grid_.shape.plane() * field->components)
                throw failure("{} values were given for {} planes of {}; please report it", values.size(), planes.count(),
                              name);
        });
        open.write(planes, std::as_bytes(values).data());
    });
    open.close();
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
        write_file(folder_ / "fields.xmf", xdmf(grid_, fields_, data_name)); // last: who sees it finds its data
    });
}

} // namespace lapilli::io
