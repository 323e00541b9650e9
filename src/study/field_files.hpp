// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "field/fields_writer.hpp"
#include "image/connectivity.hpp"
#include "image/layers.hpp"
#include "property/diffusivity.hpp"
#include "property/length_field.hpp"
#include "property/network.hpp"
#include "property/permeability.hpp"
#include "study/options.hpp"
#include "study/result.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

namespace lapilli::study {

/// The files of --fields in the output folder: the mask of the pores, and places for what is measured. Where the disk takes
/// them not, or not all of them, that is said once, and the run goes on without. All members are collective.
class FieldFiles {
public:
    /// Nothing if none are wanted.
    /// @param result  image, voxel size and crop
    /// @param folder  empty: nothing is written
    /// @param more    fields, beside those of what is solved
    /// @throws Error exit code 2, before anything is solved: there is no permission
    FieldFiles(const Result& result, const Options& options, const std::string& folder, const image::PoreSpace& pores,
               const image::Connectivity& connectivity, const std::vector<field::Field>& more,
               std::function<void(const std::string&)> warn);

    /// What writes the concentrations that are measured; empty if there is nowhere to write. Not after this object's end.
    property::TakeConcentration take_concentration();
    property::TakeFlow take_flow();       ///< likewise
    property::TakeLengths take_lengths(); ///< likewise
    property::TakeRegions take_regions(); ///< likewise, of all pores
    void finish();
    /// Why there are none, or not all.
    const std::optional<Error>& fault() const { return fault_; }

private:
    template <class Task>
    void unless_disk_fails(Task&& task);
    void lose(const Error& error);

    parallel::Communicator comm_;
    const image::PoreSpace& pores_;
    std::function<void(const std::string&)> warn_; ///< of rank 0
    std::unique_ptr<field::FieldsWriter> writer_;  ///< null: nothing is written
    std::optional<Error> fault_;
};

/// One field on some pores; 0 in all other voxels. Collective.
template <class T>
void write_field(field::FieldsWriter& fields, const std::string& name, const image::PoreSpace& pores,
                 std::span<const T> values, int components = 1)
{
    static_assert(field::Chunks::edge == brick::edge);
    field::Statistics statistics;
    if constexpr (std::is_same_v<T, float>)
        statistics = field::statistics_of(pores.comm(), values.first(pores.pores() * components), components);
    fields.write<T>(name, statistics, [&](const auto& take) { image::to_layers<T>(pores, values, components, take); });
}

} // namespace lapilli::study
