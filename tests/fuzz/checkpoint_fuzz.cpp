// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// What a run finds in its result folder: the header of a checkpoint, the journal and the lease, as they are or sealed here,
// so that trials get past their checksums.
#include "checkpoint/checkpoint_file.hpp"
#include "checkpoint/journal.hpp"
#include "checkpoint/lease.hpp"
#include "checkpoint/sealed_text.hpp"
#include "input.hpp"
#include "io/scratch.hpp"
#include "memory_file.hpp"
#include "verdict.hpp"

#include <nlohmann/json.hpp>
#include <xxhash.h>

#include <sstream>

namespace {

using namespace lapilli;
using namespace lapilli::fuzz;

/// As append_sealed writes it.
std::string sealed(const std::string& text, std::uint64_t version)
{
    auto seal = fmt::format("\nlapilli checkpoint {:04x} {:016x} {:016x}", version, text.size(),
                            XXH3_64bits_withSeed(text.data(), text.size(), version));
    seal.resize(63, ' ');
    return text + seal + '\n';
}

/// An object, or an error that says which file it is.
void read_header(const std::string& bytes)
{
    const MemoryFile file(bytes);
    try {
        require(checkpoint::read_checkpoint_header(file.path()).is_object(), "a header is an object", bytes);
    } catch (const Error& error) {
        require(std::string(error.what()).find(file.path()) != std::string::npos, "an error names the file", error.what());
    }
}

std::vector<checkpoint::Journal::Line> journal_lines(const std::string& bytes)
{
    const MemoryFile file(bytes);
    return checkpoint::Journal(file.path()).read();
}

/// Objects that are sealed are read as they were written, whatever stands between them.
void read_sealed_journal(const std::string& text)
{
    std::string bytes;
    std::vector<checkpoint::Journal::Line> written;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        auto json = checkpoint::Journal::Line::parse(line, nullptr, false);
        if (json.is_object() && !json.contains("xxh3")) {
            const auto plain = json.dump();
            written.push_back(checkpoint::Journal::Line::parse(plain));
            json["xxh3"] = fmt::format("{:016x}", XXH3_64bits(plain.data(), plain.size()));
            line = json.dump();
        }
        bytes += line + '\n';
    }
    require(journal_lines(bytes) == written, "a sealed line is read", bytes);
}

/// Whatever stands there, a new run takes it; what is put in its place later shuts that out, or does not.
void take_lease(const std::string& bytes)
{
    const test::ScratchFolder folder;
    folder.write("lease", bytes);
    const checkpoint::Lease lease(folder.path(), 0);
    require(lease.epoch() > 0, "an epoch is positive", bytes);
    lease.check();
    folder.write("lease", bytes);
    try {
        lease.check();
    } catch (const Error& error) {
        require(error.code() == ExitCode::fenced, "another lease shuts out", error.what());
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    Input input(data, size);
    const int what = input.choose(6);
    const std::string text = input.text();
    if (what == 0) read_header(text);
    if (what == 1) read_header(sealed(text, checkpoint::sealed_version));
    if (what == 2) read_header(sealed(text, checkpoint::sealed_version + text.size()));
    if (what == 3) journal_lines(text);
    if (what == 4) read_sealed_journal(text);
    if (what == 5) take_lease(text);
    return 0;
}
