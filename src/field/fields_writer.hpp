// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "field/field.hpp"
#include "parallel/communicator.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace lapilli::file {
class PendingFile;
}

namespace lapilli::field {

/// fields.h5 and fields.xdmf of a folder, which ParaView opens: a dataset (nz, ny, nx) for each scalar, (nz, ny, nx, 3) for
/// each vector, little-endian, not packed. Every rank writes its own planes. The files appear when they are whole. All
/// members are collective; an error is thrown on every rank.
class FieldsWriter {
public:
    /// Texts that say where the fields come from: attributes of the HDF5 file.
    using Provenance = std::vector<std::pair<std::string, std::string>>;
    /// Takes planes of shape (n, ny, nx, components). Every rank calls it equally often, with no planes where it has none.
    template <class T>
    using Take = std::function<void(PlaneRange, std::span<const T>)>;

    /// What the fields of such a grid take on the disk, but for their names.
    static std::int64_t bytes_of(const FieldGrid& grid, std::span<const Field> fields);

    /// Takes the space on the disk for all fields, so that a disk too small is known before the work.
    /// @throws Error the folder cannot be written, the disk is full
    FieldsWriter(const parallel::Communicator& comm, const std::filesystem::path& folder, const FieldGrid& grid,
                 std::vector<Field> fields, const Provenance& provenance);
    ~FieldsWriter();
    FieldsWriter(const FieldsWriter&) = delete;
    FieldsWriter& operator=(const FieldsWriter&) = delete;

    /// Writes one field: `give` calls what it gets with all planes of the image, those of this rank on this rank. A
    /// field may be written in any order, once. T is the field's type: float or std::uint8_t.
    template <class T>
    void write(const std::string& name, const std::function<void(const Take<T>&)>& give);

    /// Syncs the files and gives them their names. Every field has been written.
    void finish();

private:
    parallel::Communicator comm_;
    std::filesystem::path folder_;
    FieldGrid grid_;
    std::vector<Field> fields_;
    std::vector<std::string> written_;
    std::unique_ptr<file::PendingFile> file_; ///< rank 0
    std::string temporary_;                   ///< its path, on every rank
    std::vector<std::int64_t> begins_;        ///< where in it the voxels of each field begin
};

} // namespace lapilli::field
