// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "study/field_files.hpp"

#include "core/error.hpp"
#include "text/sentence.hpp"
#include "version.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <utility>

namespace lapilli::study {

namespace {

constexpr const char* mask_name = "pore";

/// A field of one axis: "c_x", "velocity_z".
std::string along(const char* what, Axis axis) { return fmt::format("{}_{}", what, name(axis)); }

std::vector<Axis> solved_axes(const Options& options, const image::Connectivity& connectivity)
{
    std::vector<Axis> axes(all_axes.begin(), all_axes.end());
    std::erase_if(axes, [&](Axis axis) {
        const bool wanted =
            options.boundary == Boundary::periodic || std::ranges::find(options.axes, axis) != options.axes.end();
        return !wanted || !connectivity.percolates(axis);
    });
    return axes;
}

void add_concentration(std::vector<field::Field>& fields, Axis axis, Boundary boundary)
{
    const auto what = boundary == Boundary::sealed
                          ? fmt::format("concentration, 1 on the lower face of axis {}, 0 on the upper one; 0 in voxels "
                                        "that are not connected to both",
                                        name(axis))
                          : fmt::format("concentration with a mean gradient of -1 per image along axis {}, up to a "
                                        "constant of each cluster; 0 in clusters that do not percolate",
                                        name(axis));
    fields.push_back({.name = along("c", axis), .unit = "1", .description = what});
}

void add_flow(std::vector<field::Field>& fields, Axis axis)
{
    const auto driven = fmt::format("driven along axis {} by a pressure drop of 1 over the image, viscosity 1", name(axis));
    fields.push_back({.name = along("velocity", axis),
                      .unit = "voxel",
                      .description = "velocity at the centres of the voxels, " + driven +
                                     "; times drop [Pa] times shortest edge of a voxel [m] over viscosity [Pa s]: m/s",
                      .components = 3});
    fields.push_back({.name = along("face_velocity", axis),
                      .unit = "voxel",
                      .description = "velocity on the lower x, y and z faces of the voxels, " + driven,
                      .components = 3});
    fields.push_back({.name = along("speed", axis), .unit = "voxel", .description = "length of the velocity, " + driven});
    fields.push_back({.name = along("pressure", axis), .unit = "1", .description = "pressure, " + driven});
}

std::vector<field::Field> fields_of(const std::vector<Axis>& axes, const Options& options)
{
    std::vector<field::Field> fields{{.name = mask_name,
                                      .unit = "1",
                                      .description = "1 in the voxels that take part, 0 in the others",
                                      .type = field::Field::Type::u8}};
    for (const Axis axis : axes) {
        if (options.properties.diffusivity) add_concentration(fields, axis, options.boundary);
        if (options.flow()) add_flow(fields, axis);
    }
    return fields;
}

field::FieldsWriter::Provenance provenance_of(const Result& result, const Options& options)
{
    const auto part = [&](Axis axis) {
        const auto first = result.crop[axis].first;
        return fmt::format("{}:{}", first, first + result.image.shape.along(axis));
    };
    return {{"program", "lapilli"},
            {"program_version", version},
            {"program_git", git_revision},
            {"command", options.command},
            {"image", result.image.description.path},
            {"image_digest", result.image.digest},
            {"crop", fmt::format("{},{},{}", part(Axis::z), part(Axis::y), part(Axis::x))},
            {"boundary", std::string(name(options.boundary))}};
}

/// @throws Error exit code 1 where the disk of the folder has too little space. Rank 0.
void require_space(const std::string& folder, std::int64_t bytes)
{
    std::error_code error;
    const auto space = std::filesystem::space(folder, error);
    if (error || space.capacity == 0) return; // some file systems do not say; then the writing will tell
    if (std::cmp_greater(bytes, space.available))
        throw failure("the fields need {} in {}, where {} are free; free some space and run again", text::bytes_text(bytes),
                      folder, text::bytes_text(space.available));
}

} // namespace

FieldFiles::FieldFiles(const Result& result, const Options& options, const std::string& folder,
                       const image::PoreSpace& pores, const image::Connectivity& connectivity,
                       const std::vector<field::Field>& more, std::function<void(const std::string&)> warn)
    : comm_(pores.comm()), pores_(pores), warn_(std::move(warn))
{
    if (!options.fields || folder.empty()) return;
    field::FieldGrid grid{.shape = result.image.shape, .voxel_edges_m = result.voxel_edges_m};
    for (const Axis axis : all_axes) grid.first[axis] = result.crop[axis].first;
    // grains are measured on the solid voxels, which may be more
    const auto filled = options.properties.pore_size && options.sizes_of == property::Part::solid
                            ? std::max(pores.total_pores(), pores.shape().voxels() - pores.total_pores())
                            : pores.total_pores();
    auto fields = fields_of(solved_axes(options, connectivity), options);
    fields.insert(fields.end(), more.begin(), more.end());
    try {
        comm_.together([&] {
            if (comm_.is_root()) require_space(folder, field::FieldsWriter::bytes_of(grid, fields, filled));
        });
        writer_ = std::make_unique<field::FieldsWriter>(comm_, folder, grid, fields, filled, provenance_of(result, options));
    } catch (const Error& error) {
        if (error.code() != ExitCode::failed) throw;
        lose(error);
    }
    unless_disk_fails([&] {
        const std::vector<std::uint8_t> mask(pores.pores(), 1);
        write_field<std::uint8_t>(*writer_, mask_name, pores, mask);
    });
}

template <class Task>
void FieldFiles::unless_disk_fails(Task&& task)
{
    if (!writer_) return;
    try {
        task();
    } catch (const Error& error) {
        lose(error);
    }
}

void FieldFiles::lose(const Error& error)
{
    writer_.reset();
    fault_ = error;
    if (comm_.is_root() && warn_) warn_(fmt::format("{}; the run goes on without fields", error.what()));
}

property::TakeConcentration FieldFiles::take_concentration()
{
    if (!writer_) return {};
    return [this](Axis axis, const image::PoreSpace& percolating, std::span<const float> c) {
        unless_disk_fails([&] { write_field<float>(*writer_, along("c", axis), percolating, c); });
    };
}

property::TakeFlow FieldFiles::take_flow()
{
    if (!writer_) return {};
    return [this](Axis axis, const image::PoreSpace& percolating, const property::FlowField& flow) {
        const auto write = [&](const char* what, std::span<const float> values, int components) {
            write_field<float>(*writer_, along(what, axis), percolating, values, components);
        };
        unless_disk_fails([&] {
            write("velocity", flow.velocity, 3);
            write("face_velocity", flow.face_velocity, 3);
            write("speed", flow.speed, 1);
            write("pressure", flow.pressure, 1);
        });
    };
}

property::TakeLengths FieldFiles::take_lengths()
{
    if (!writer_) return {};
    return [this](const std::string& name, const image::PoreSpace& part, std::span<const float> lengths) {
        unless_disk_fails([&] { write_field<float>(*writer_, name, part, lengths); });
    };
}

property::TakeRegions FieldFiles::take_regions()
{
    if (!writer_) return {};
    return [this](std::span<const float> region) {
        unless_disk_fails([&] { write_field<float>(*writer_, property::region_field, pores_, region); });
    };
}

void FieldFiles::finish()
{
    unless_disk_fails([&] { writer_->finish(); });
}

} // namespace lapilli::study
