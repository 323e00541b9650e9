// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/scratch.hpp"
#include "support/catch.hpp"

#include "image/read.hpp"
#include "parallel/communicator.hpp"

#include <fmt/format.h>

using namespace lapilli;

TEST_CASE("processes that see another shape under the name of the image do not read it")
{
    const auto comm = parallel::Communicator::world();
    const test::ScratchFolder folder; // of each process, as on machines without a common disk
    const std::int64_t planes = comm.rank() + 1 == comm.size() ? 3 : 6;
    const auto path = folder.write("rock.raw", std::string(static_cast<std::size_t>(planes * 20), '\0'));
    folder.write("rock.raw.json", fmt::format(R"({{"image": {{"shape": [{}, 4, 5]}}}})", planes));
    const auto read = [&] { return image::read_image(comm, {.path = path}, {{0, 0}}); };
    if (comm.size() == 1) {
        CHECK(read().shape == Shape{3, 4, 5});
        return;
    }
    std::string sentence;
    try {
        read();
    } catch (const Error& error) {
        sentence = error.what();
    }
    INFO(sentence);
    CHECK(sentence.find("give all machines the same files") != std::string::npos);
    CHECK(sentence.find("6x4x5") != std::string::npos);
    CHECK(sentence.find("3x4x5") != std::string::npos);
}
