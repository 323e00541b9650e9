// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "field/fields_writer.hpp"
#include "format/hdf5/hdf5_handle.hpp"
#include "support/catch.hpp"
#include "support/shared_folder.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <fstream>
#include <sstream>

using namespace lapilli;
using parallel::Communicator;
using test::SharedFolder;

namespace {

const std::vector<field::Field> fields{
    {.name = "pore", .unit = "1", .description = "mask", .type = field::Field::Type::u8},
    {.name = "velocity", .unit = "m/s", .description = "of the fluid", .components = 3},
    {.name = "pressure", .unit = "Pa", .description = "of the fluid"},
};

float value_at(std::int64_t index) { return 0.5F + static_cast<float>(index); }

/// Gives layers of the image in turn, as image::to_layers does.
template <class T>
void give(const Communicator& comm, const Shape& shape, int components, const field::FieldsWriter::Take<T>& take)
{
    const std::int64_t layers = (shape.nz + field::Chunks::edge - 1) / field::Chunks::edge;
    for (std::int64_t first = 0; first < layers; first += comm.size()) {
        const auto cut = [&](std::int64_t layer) { return std::min(shape.nz, layer * field::Chunks::edge); };
        const PlaneRange planes{cut(first + comm.rank()), cut(first + comm.rank() + 1)};
        std::vector<T> values;
        for (std::int64_t i = planes.first * shape.plane() * components; i < planes.last * shape.plane() * components; ++i)
            values.push_back(static_cast<T>(std::is_same_v<T, float> ? value_at(i) : static_cast<float>(i % 251)));
        take(planes, values);
    }
}

void write_all(const Communicator& comm, const Shape& shape, const std::string& folder, bool finish = true)
{
    const field::FieldGrid grid{.shape = shape, .voxel_edges_m = VoxelEdges{2e-6, 3e-6, 4e-6}, .first = {3, 2, 1}};
    field::FieldsWriter writer(comm, folder, grid, fields, shape.voxels(), {{"program", "lapilli"}, {"image", "rock.tif"}});
    for (const auto& field : {fields[2], fields[1]})
        writer.write<float>(field.name, {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}},
                            [&](const auto& take) { give<float>(comm, shape, field.components, take); });
    writer.write<std::uint8_t>("pore", {}, [&](const auto& take) { give<std::uint8_t>(comm, shape, 1, take); });
    if (finish) writer.finish();
}

std::vector<hsize_t> extent_of(hid_t dataset)
{
    const format::Hdf5Handle space(H5Dget_space(dataset), H5Sclose);
    std::vector<hsize_t> extent(static_cast<std::size_t>(H5Sget_simple_extent_ndims(space.get())));
    H5Sget_simple_extent_dims(space.get(), extent.data(), nullptr);
    return extent;
}

std::string text_of(hid_t object, const char* name)
{
    const format::Hdf5Handle attribute(H5Aopen(object, name, H5P_DEFAULT), H5Aclose);
    const format::Hdf5Handle type(H5Aget_type(attribute.get()), H5Tclose);
    std::string text(H5Tget_size(type.get()), '?');
    H5Aread(attribute.get(), type.get(), text.data());
    return text.c_str();
}

double number_of(hid_t object, const char* name)
{
    const format::Hdf5Handle attribute(H5Aopen(object, name, H5P_DEFAULT), H5Aclose);
    double number = -1;
    H5Aread(attribute.get(), H5T_NATIVE_DOUBLE, &number);
    return number;
}

/// How many values of a dataset are not what was given.
std::int64_t wrong_values(hid_t dataset, bool whole_numbers)
{
    std::int64_t count = 1;
    for (const auto n : extent_of(dataset)) count *= static_cast<std::int64_t>(n);
    std::vector<float> values(static_cast<std::size_t>(count), -1);
    H5Dread(dataset, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data());
    std::int64_t wrong = 0;
    for (std::int64_t i = 0; i < count; ++i)
        if (values[static_cast<std::size_t>(i)] != (whole_numbers ? static_cast<float>(i % 251) : value_at(i))) ++wrong;
    return wrong;
}

std::string read_text(const std::string& path)
{
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

} // namespace

TEST_CASE("fields written by all ranks are read back whole", "[seven]")
{
    const auto comm = Communicator::world();
    for (const auto& shape : {Shape{70, 9, 11}, Shape{5, 40, 7}, Shape{48, 1, 1}, Shape{20, 70, 75}}) {
        const SharedFolder folder(comm);
        write_all(comm, shape, folder.path());
        if (comm.is_root()) {
            const auto path = folder.path() + "/fields.h5";
            const format::Hdf5Handle file(H5Fopen(path.c_str(), H5F_ACC_RDONLY, format::hdf5_file_access().get()), H5Fclose);
            const auto xdmf = read_text(folder.path() + "/fields.xdmf");
            for (const auto& field : fields) {
                const format::Hdf5Handle dataset(H5Dopen2(file.get(), field.name.c_str(), H5P_DEFAULT), H5Dclose);
                CHECK(wrong_values(dataset.get(), field.name == "pore") == 0);
                CHECK(text_of(dataset.get(), "unit") == field.unit);
                const auto item =
                    fmt::format("Dimensions=\"{}\">fields.h5:/{}<", fmt::join(extent_of(dataset.get()), " "), field.name);
                CHECK(xdmf.find(item) != std::string::npos);
            }
            CHECK(text_of(file.get(), "image") == "rock.tif");
            CHECK(text_of(file.get(), "length_unit") == "m");
            CHECK(folder.files() == 2);
        }
    }
}

TEST_CASE("a field has its statistics, and what is zero takes no place")
{
    const auto comm = Communicator::world();
    const SharedFolder folder(comm);
    const Shape shape{40, 33, 20};
    const field::FieldGrid grid{.shape = shape, .voxel_edges_m = {}};
    field::FieldsWriter writer(comm, folder.path(), grid, {fields[2]}, 1, {});
    const std::vector<float> mine{-1.5F, comm.is_root() ? 4.0F : 0.5F};
    const auto statistics = field::statistics_of(comm, mine, 1);
    writer.write<float>("pressure", statistics, [&](const auto& take) {
        give<float>(comm, shape, 1, [&](PlaneRange planes, std::span<const float> values) {
            std::vector<float> one(values.size());
            if (planes.first == 16) one[5 * shape.plane() + 32 * shape.nx + 17] = 3; // (z, y, x) = (21, 32, 17)
            take(planes, one);
        });
    });
    writer.finish();
    if (!comm.is_root()) return;
    const auto path = folder.path() + "/fields.h5";
    const format::Hdf5Handle file(H5Fopen(path.c_str(), H5F_ACC_RDONLY, format::hdf5_file_access().get()), H5Fclose);
    const format::Hdf5Handle dataset(H5Dopen2(file.get(), "pressure", H5P_DEFAULT), H5Dclose);
    CHECK(number_of(dataset.get(), "min") == -1.5);
    CHECK(number_of(dataset.get(), "max") == 4);
    CHECK(number_of(dataset.get(), "mean") == (-1.5 * comm.size() + 4 + 0.5 * (comm.size() - 1)) / (2 * comm.size()));
    CHECK(H5Dget_storage_size(dataset.get()) < 100);
    std::vector<float> values(shape.voxels(), -1);
    H5Dread(dataset.get(), H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data());
    CHECK(values[21 * shape.plane() + 32 * shape.nx + 17] == 3);
    CHECK(std::ranges::count(values, 0.0F) == shape.voxels() - 1);
}

TEST_CASE("the grid of the XDMF file has one more node than voxels and starts where the crop does")
{
    const auto comm = Communicator::world();
    const SharedFolder folder(comm);
    write_all(comm, {5, 6, 7}, folder.path());
    const auto xdmf = read_text(folder.path() + "/fields.xdmf");
    CHECK(xdmf.find("<Topology TopologyType=\"3DCoRectMesh\" Dimensions=\"6 7 8\"/>") != std::string::npos);
    CHECK(xdmf.find(">4e-06 6e-06 6e-06<") != std::string::npos); // z, y, x
    CHECK(xdmf.find(">4e-06 3e-06 2e-06<") != std::string::npos);
}

TEST_CASE("fields that are not finished leave nothing behind")
{
    const auto comm = Communicator::world();
    const SharedFolder folder(comm);
    write_all(comm, {5, 6, 7}, folder.path(), false);
    comm.barrier();
    CHECK(folder.files() == 0);
}

TEST_CASE("a folder that cannot be written, or a field that is missing, is an error on every rank")
{
    const auto comm = Communicator::world();
    const SharedFolder folder(comm);
    const field::FieldGrid grid{.shape = {4, 4, 4}};
    CHECK_THROWS_AS(field::FieldsWriter(comm, folder.path() + "/none", grid, fields, 64, {}), parallel::AgreedError);
    field::FieldsWriter writer(comm, folder.path(), grid, fields, 64, {});
    CHECK_THROWS_AS(writer.finish(), parallel::AgreedError);
    // one rank's values do not fit its planes
    CHECK_THROWS_AS(writer.write<float>("pressure", {},
                                        [&](const auto& take) {
                                            take({0, comm.is_root() ? 1 : 0}, std::vector<float>{});
                                        }),
                    parallel::AgreedError);
}
