// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// What is read of a fields.h5, however it is stored, here and in a process apart.
#include "field/fields_apart.hpp"
#include "field/open_fields.hpp"

#include "copied_process.hpp"
#include "fields_file.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <csignal>
#include <random>
#include <span>

#include <sys/wait.h>

using namespace lapilli;
using namespace lapilli::test;
using field::PlaneOf;

namespace {

/// Rows and columns as the picture has them.
std::int64_t voxel_of(Axis across, std::int64_t index, std::int64_t row, std::int64_t column)
{
    const auto z = across == Axis::z ? index : row,
               y = across == Axis::z   ? row
                   : across == Axis::y ? index
                                       : column,
               x = across == Axis::x ? index : column;
    return (z * fields_shape.ny + y) * fields_shape.nx + x;
}

/// How many values of planes across all axes are not what was written.
int wrong_values(field::StoredFields& stored)
{
    int wrong = 0;
    for (const Axis across : all_axes)
        for (std::int64_t index = 0; index < fields_shape.along(across); index += 3) {
            const auto pressure = stored.plane({.field = "pressure", .across = across, .index = index});
            const auto y = stored.plane({.field = "velocity", .across = across, .index = index, .component = 1});
            const auto speed = stored.plane({.field = "velocity", .across = across, .index = index});
            for (std::int64_t row = 0, i = 0; row < pressure.rows; ++row)
                for (std::int64_t column = 0; column < pressure.columns; ++column, ++i) {
                    const auto voxel = voxel_of(across, index, row, column);
                    wrong += pressure.values[i] != pressure_at(voxel) || pressure.pores[i] != is_pore(voxel);
                    wrong += y.values[i] != velocity_at(voxel, 1);
                    wrong += std::abs(speed.values[i] - std::sqrt(14.0F) * velocity_at(voxel, 0)) > 1e-4F;
                }
        }
    return wrong;
}

} // namespace

TEST_CASE("planes of fields are what was written, however they are stored")
{
    const ScratchFolder folder;
    const FieldStorage ours{.chunk = {5, 16, 16}}, thin{.chunk = {2, 3, 5}},
        by_others{.chunk = {4, 8, 8}, .shuffled = false}, loose{.chunk = {5, 16, 16}, .shuffled = false, .deflated = 0};
    for (const auto& storage : {ours, thin, by_others, loose, FieldStorage{}}) {
        field::StoredFields stored(write_fields(folder / "fields.h5", storage));
        CHECK(stored.fields().size() == 3);
        CHECK(stored.shape() == fields_shape);
        CHECK(wrong_values(stored) == 0);
    }
}

TEST_CASE("a plane of many chunks, which several threads unpack, is what was written")
{
    const ScratchFolder folder;
    const auto path = folder / "fields.h5";
    const Shape shape{40, 100, 101};
    std::vector<float> values(shape.voxels());
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<float>(i);
    const hid_t file = H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    add_field(file, "pressure", {.chunk = {16, 16, 16}}, H5T_IEEE_F32LE, values, shape);
    H5Fclose(file);
    const field::StoredFields stored(path);
    for (const std::int64_t index : {3, 17, 39}) {
        const auto plane = stored.plane({.field = "pressure", .index = index});
        CHECK(std::ranges::equal(plane.values, std::span(values).subspan(index * shape.plane(), shape.plane())));
    }
}

TEST_CASE("shares of pores are those of each cube, also of one that is cut off")
{
    const ScratchFolder folder;
    field::StoredFields stored(write_fields(folder / "fields.h5", {.chunk = {5, 16, 16}}));
    const auto found = stored.pore_shares(10); // cubes of four voxels
    CHECK(found.factor == 4);
    CHECK(found.shape == Shape{2, 5, 10});
    int pores = 0;
    for (const auto& [z, y, x] :
         {std::array{4, 16, 36}, std::array{4, 17, 36}, std::array{4, 18, 36}, std::array{4, 19, 36}})
        pores += is_pore((z * fields_shape.ny + y) * fields_shape.nx + x);
    CHECK(found.shares.back() == std::lround(255.0 * pores / 4));
    std::vector<std::uint8_t> first;
    for (std::int64_t z = 0; z < 4; ++z)
        for (std::int64_t y = 0; y < 4; ++y)
            for (std::int64_t x = 0; x < 4; ++x) first.push_back(is_pore((z * fields_shape.ny + y) * fields_shape.nx + x));
    CHECK(found.shares.front() == std::lround(255.0 * std::count(first.begin(), first.end(), 1) / 64));
}

TEST_CASE("a file stays open until it changes")
{
    const ScratchFolder folder;
    const auto path = write_fields(folder / "fields.h5", {.chunk = {5, 16, 16}});
    const auto open = [&] { return file::Descriptor(::open(path.c_str(), O_RDONLY)); };
    field::OpenFields files;
    const auto* first = &files.of(open().get());
    CHECK(&files.of(open().get()) == first);
    const auto value = [&] { return files.of(open().get()).plane({.field = "pressure", .index = 0}).values[1]; };
    CHECK(value() == pressure_at(1));
    std::filesystem::remove(path);
    write_fields(path, {.chunk = {5, 16, 16}}, 5); // as a run does: another file of that name
    CHECK(value() == pressure_at(1) + 5);
    const auto other = write_fields(folder / "other.h5", {}, 9);
    std::filesystem::copy_file(other, path, std::filesystem::copy_options::overwrite_existing); // the same one, written over
    CHECK(value() == pressure_at(1) + 9);
    for (std::size_t i = 0; i < 2 * field::OpenFields::most_files; ++i) {
        const auto more = write_fields(folder / ("fields" + std::to_string(i) + ".h5"), {}, static_cast<float>(i));
        const file::Descriptor opened(::open(more.c_str(), O_RDONLY));
        CHECK(files.of(opened.get()).plane({.field = "pressure", .index = 0}).values[1] ==
              pressure_at(1) + static_cast<float>(i));
    }
}

TEST_CASE("a reader that has crashed is started again, and other files are read")
{
    const ScratchFolder folder;
    const auto path = write_fields(folder / "fields.h5", {.chunk = {5, 16, 16}});
    const file::Descriptor good(::open(path.c_str(), O_RDONLY));
    std::atomic<int> started{0};
    std::atomic<pid_t> process{0};
    const auto crashes = copied_process([](const format::Pipe& pipe) {
        std::string request;
        pipe.take(request);
        std::raise(SIGKILL);
    });
    const auto reads = fields_reader();
    field::FieldsApart fields([&](int socket) { return process = (started++ == 0 ? crashes(socket) : reads(socket)); });
    const auto error = error_of([&] { fields.list(good.get()); });
    CHECK(error.code() == ExitCode::failed);
    CHECK_THAT(error.what(), mentions("broke off"));
    CHECK(fields.restarts() == 1);
    CHECK(fields.list(good.get()).fields.size() == 3);
    CHECK(started == 2);

    ::kill(process, SIGSEGV); // between two questions: the next one is answered as if nothing had been
    siginfo_t gone{};
    ::waitid(P_PID, static_cast<id_t>(process), &gone, WEXITED | WNOWAIT);
    CHECK(fields.plane(good.get(), {.field = "pressure", .index = 0}).values[1] == pressure_at(1));
    CHECK(started == 3);
    CHECK(fields.restarts() == 2);
    const file::Descriptor foreign(::open(folder.write("foreign.h5", "no HDF5").c_str(), O_RDONLY));
    CHECK(error_of([&] { fields.list(foreign.get()); }).code() == ExitCode::wrong_input);
    CHECK(fields.restarts() == 2);
}

TEST_CASE("a fields.h5 with damaged bytes gives planes or an error")
{
    const ScratchFolder folder;
    const auto whole = bytes_in(write_fields(folder / "fields.h5", {.chunk = {5, 16, 16}}));
    std::mt19937 random(7);
    field::FieldsApart fields(fields_reader());
    int answers = 0;
    for (int round = 0; round < 200; ++round) {
        auto bad = whole;
        for (unsigned damage = 1 + random() % 3; damage > 0; --damage)
            bad[random() % bad.size()] = static_cast<char>(random() % 4 == 0 ? 0xff : random() % 256);
        const file::Descriptor opened(::open(folder.write("bad.h5", bad).c_str(), O_RDONLY));
        try {
            const auto plane = fields.plane(opened.get(), {.field = "velocity", .across = Axis::x, .index = 20});
            answers += plane.rows == 5 && plane.columns == 20;
        } catch (const Error&) {
            ++answers;
        }
    }
    CHECK(answers == 200);
}
