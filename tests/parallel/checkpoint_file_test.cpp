// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "checkpoint/checkpoint_file.hpp"
#include "support/catch.hpp"
#include "support/shared_folder.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <csignal>
#include <filesystem>
#include <fstream>

#include <sys/resource.h>

using namespace lapilli;
using parallel::Communicator;
using Vector = std::array<float, 4>;

namespace {

/// Arrays of all types, each value telling its place, cut so that the parts of the ranks are of unequal length, some empty.
struct Arrays {
    std::vector<Vector> x;
    std::vector<float> p;
    std::vector<double> base;

    static std::pair<std::int64_t, std::int64_t> part(std::int64_t count, int rank, int ranks)
    {
        const auto cut = [&](std::int64_t r) { return count * r * r / (ranks * ranks); };
        return {cut(rank), cut(rank + 1)};
    }
    explicit Arrays(const Communicator& comm, std::int64_t count = 1000)
    {
        const auto [first, last] = part(count, comm.rank(), comm.size());
        for (auto i = first; i < last; ++i) {
            const auto v = static_cast<float>(i);
            x.push_back({v, v + 0.25F, -v, 1 / (v + 1)});
            base.push_back(1.0 / (3.0 + static_cast<double>(i)));
        }
        const auto [begin, end] = part(5, comm.rank(), comm.size());
        for (auto i = begin; i < end; ++i) p.push_back(static_cast<float>(i));
    }
    std::array<parallel::Slice, 3> slices()
    {
        return {parallel::slice_of<float>("x", std::span(x)), parallel::slice_of<float>("p", std::span(p)),
                parallel::slice_of<double>("base", std::span(base))};
    }
    void forget()
    {
        for (const auto& slice : slices()) std::ranges::fill(slice.bytes, std::byte{0x55});
    }
    bool operator==(const Arrays&) const = default;
};

/// Writes on some ranks, reads on others; a communicator of no ranks here is left out.
void check_elastic(const Communicator& world, const Communicator* writers, const Communicator* readers,
                   checkpoint::CheckpointFiles files)
{
    const test::SharedFolder folder(world);
    const auto path = folder.path() + "/1-1.h5";
    if (writers != nullptr) {
        Arrays written(*writers);
        const auto slices = written.slices();
        CHECK(checkpoint::write_checkpoint(*writers, path, {{"step", "x"}}, slices, files).files == files);
    }
    world.barrier();
    if (readers != nullptr) {
        const auto header = checkpoint::read_checkpoint_header(path);
        CHECK(header["step"] == "x");
        Arrays read(*readers);
        const Arrays truth(*readers);
        read.forget();
        checkpoint::read_checkpoint(*readers, path, header, read.slices());
        CHECK(read == truth);
    }
}

std::string hashes(const nlohmann::ordered_json& header)
{
    std::string all;
    for (const auto& array : header["arrays"]) all += array["hash"].get<std::string>() + " ";
    return all;
}

/// While it lives this process cannot write further into a file than that, as on a file system that cannot hold the whole.
class LimitOfFiles {
public:
    explicit LimitOfFiles(std::size_t bytes) : on_excess_(std::signal(SIGXFSZ, SIG_IGN))
    {
        getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit limit{bytes, before_.rlim_max};
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~LimitOfFiles()
    {
        setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, on_excess_);
    }
    LimitOfFiles(const LimitOfFiles&) = delete;
    LimitOfFiles& operator=(const LimitOfFiles&) = delete;

private:
    void (*on_excess_)(int);
    rlimit before_{};
};

/// Writes one file together, which fails on the last rank alone.
checkpoint::WrittenCheckpoint write_where_one_fails(const Communicator& comm, const std::string& path)
{
    Arrays arrays(comm);
    std::size_t bytes = 0;
    for (const auto& slice : arrays.slices()) bytes += slice.bytes.size();
    std::optional<LimitOfFiles> limit;
    if (comm.rank() == comm.size() - 1) limit.emplace(bytes);
    return checkpoint::write_checkpoint(comm, path, {{"step", "x"}}, arrays.slices());
}

/// Changes every so many bytes, one bit each, and cuts the file off at as many places. On one process, which sees all.
void check_damage(std::int64_t step)
{
    const auto self = Communicator::self();
    if (Communicator::world().size() > 1) return;
    const test::SharedFolder folder(self);
    const auto path = folder.path() + "/1-1.h5";
    Arrays written(self, 40);
    checkpoint::write_checkpoint(self, path, {{"step", "x"}}, written.slices());
    int refused = 0;
    const auto try_to_read = [&] {
        Arrays read(self, 40);
        read.forget();
        try {
            checkpoint::read_checkpoint(self, path, checkpoint::read_checkpoint_header(path), read.slices());
            return read == written;
        } catch (const Error&) {
            ++refused;
            return true;
        }
    };
    CHECK(try_to_read());
    CHECK(refused == 0);
    const auto size = static_cast<std::int64_t>(std::filesystem::file_size(path));
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    const auto flip = [&](std::int64_t at) {
        const int byte = file.seekg(at).get();
        file.seekp(at).put(static_cast<char>(byte ^ (1 << at % 8))).flush();
    };
    for (std::int64_t at = 0; at < size; at += step) {
        flip(at);
        if (!try_to_read()) FAIL_CHECK("byte " << at);
        flip(at);
    }
    CHECK(try_to_read());
    CHECK(refused > (40 * 24 + 5 * 4) / step); // all bytes of numbers, at least
    refused = 0;
    const std::int64_t last = (size - 1) / (7 * step);
    for (std::int64_t cut = last; cut >= 0; --cut) {
        std::filesystem::resize_file(path, static_cast<std::uintmax_t>(7 * step * cut));
        if (!try_to_read()) FAIL_CHECK("length " << 7 * step * cut);
    }
    CHECK(refused == last + 1);
}

} // namespace

TEST_CASE("where one rank cannot write into the common file, each has one of its own, and any number of ranks reads them",
          "[seven]")
{
    const auto world = Communicator::world(), self = Communicator::self();
    const test::SharedFolder folder(world);
    const auto path = folder.path() + "/1-1.h5";
    const auto written = write_where_one_fails(world, path);
    CHECK(written.files == checkpoint::CheckpointFiles::one_per_rank);
    CHECK((written.fault &&
           written.fault->what() == "cannot write " + path + ": File too large; run again when that is mended"));
    CHECK(static_cast<int>(folder.files()) == 1 + world.size()); // the header, too
    for (const auto& readers : {world, self}) {
        Arrays read(readers);
        const Arrays truth(readers);
        read.forget();
        checkpoint::read_checkpoint(readers, path, checkpoint::read_checkpoint_header(path), read.slices());
        CHECK(read == truth);
    }
}

TEST_CASE("a checkpoint of any number of ranks is read by any other number", "[seven]")
{
    const auto world = Communicator::world(), self = Communicator::self();
    const auto* first_rank = world.is_root() ? &self : nullptr;
    for (const auto files : {checkpoint::CheckpointFiles::one, checkpoint::CheckpointFiles::one_per_rank}) {
        check_elastic(world, &world, &world, files);
        check_elastic(world, &world, first_rank, files);
        check_elastic(world, first_rank, &world, files);
    }
}

TEST_CASE("the hashes of a checkpoint do not depend on the number of ranks", "[seven]")
{
    const auto world = Communicator::world(), self = Communicator::self();
    const test::SharedFolder folder(world);
    Arrays together(world), alone(self);
    checkpoint::write_checkpoint(world, folder.path() + "/1-1.h5", {}, together.slices());
    if (!world.is_root()) return;
    checkpoint::write_checkpoint(self, folder.path() + "/1-2.h5", {}, alone.slices());
    CHECK(hashes(checkpoint::read_checkpoint_header(folder.path() + "/1-1.h5")) ==
          hashes(checkpoint::read_checkpoint_header(folder.path() + "/1-2.h5")));
}

TEST_CASE("of a checkpoint with a changed byte, or without its end, all is right or it is refused") { check_damage(7); }

TEST_CASE("of a checkpoint with any byte changed all is right or it is refused", "[slow]") { check_damage(1); }

TEST_CASE("a checkpoint that cannot be written is an error on every rank and leaves nothing behind")
{
    const auto world = Communicator::world();
    const test::SharedFolder folder(world);
    Arrays arrays(world);
    for (const auto files : {checkpoint::CheckpointFiles::one, checkpoint::CheckpointFiles::one_per_rank})
        CHECK_THROWS_AS(checkpoint::write_checkpoint(world, folder.path() + "/none/1-1.h5", {}, arrays.slices(), files),
                        parallel::AgreedError);
    // arrays of another length
    checkpoint::write_checkpoint(world, folder.path() + "/1-1.h5", {}, arrays.slices());
    Arrays more(world, 1001);
    CHECK_THROWS_AS(checkpoint::read_checkpoint(world, folder.path() + "/1-1.h5",
                                                checkpoint::read_checkpoint_header(folder.path() + "/1-1.h5"),
                                                more.slices()),
                    parallel::AgreedError);
    CHECK(folder.files() == 1);
}
