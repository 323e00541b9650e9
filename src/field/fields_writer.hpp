// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "field/field.hpp"
#include "field/packing.hpp"
#include "field/statistics.hpp"
#include "parallel/communicator.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace lapilli::file {
class OutputFile;
class PendingFile;
} // namespace lapilli::file

namespace lapilli::field {

class FieldsSkeleton;

/// fields.h5 and fields.xdmf of a folder, which ParaView opens: a dataset (nz, ny, nx) for each scalar, (nz, ny, nx, 3) for
/// each vector, little-endian, in chunks that are shuffled and deflated. Every rank packs and writes its own layers. The
/// files appear when they are whole; the bytes are the same on any number of ranks. All members are collective; an error is
/// thrown on every rank.
class FieldsWriter {
public:
    /// Texts that say where the fields come from: attributes of the HDF5 file.
    using Provenance = std::vector<std::pair<std::string, std::string>>;
    /// Takes the planes of a layer of Chunks::edge, shape (n, ny, nx, components), as image::to_layers gives them: in the
    /// order of z, over all ranks. Every rank calls it equally often, with no planes where it has none.
    template <class T>
    using Take = std::function<void(PlaneRange, std::span<const T>)>;

    /// What the fields of such a grid take on the disk, at the most, unless they are noise.
    /// @param pores  voxels that are not zero in all of them
    static std::int64_t bytes_of(const FieldGrid& grid, std::span<const Field> fields, std::int64_t pores);

    /// Takes that space on the disk, so that a disk too small is known before the work.
    /// @throws Error the folder cannot be written, the disk is full
    FieldsWriter(const parallel::Communicator& comm, const std::filesystem::path& folder, const FieldGrid& grid,
                 std::vector<Field> fields, std::int64_t pores, const Provenance& provenance);
    ~FieldsWriter();
    FieldsWriter(const FieldsWriter&) = delete;
    FieldsWriter& operator=(const FieldsWriter&) = delete;

    /// Writes one field: `give` calls what it gets with all layers of the image. A field may be written in any order, once.
    /// T is the field's type: float or std::uint8_t.
    template <class T>
    void write(const std::string& name, const Statistics& statistics, const std::function<void(const Take<T>&)>& give);

    /// Syncs the files and gives them their names. Every field has been written.
    void finish();

private:
    std::size_t find(const std::string& name, Field::Type type) const;
    void make_room(std::size_t field);
    std::vector<std::int64_t> places(std::size_t field, std::int64_t layer, const PackedLayer& packed);
    void write_layer(std::size_t field, const file::OutputFile& file, PlaneRange planes, std::span<const std::byte> values);

    parallel::Communicator comm_;
    std::filesystem::path folder_;
    FieldGrid grid_;
    Chunks chunks_;
    std::vector<Field> fields_;
    std::vector<std::string> written_;
    std::unique_ptr<file::PendingFile> file_;  ///< rank 0
    std::unique_ptr<FieldsSkeleton> skeleton_; ///< rank 0
    std::int64_t room_ = 0;                    ///< rank 0: size of the file, before it is whole
    std::int64_t end_ = 0;                     ///< rank 0: of what has been placed in it
    std::int64_t next_layer_ = 0;              ///< rank 0: of the field that is being written
    std::string temporary_;                    ///< its path, on every rank
};

} // namespace lapilli::field
