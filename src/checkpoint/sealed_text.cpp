// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "checkpoint/sealed_text.hpp"

#include "core/error.hpp"
#include "file/atomic_file.hpp"
#include "file/input_file.hpp"

#include <xxhash.h>

#include <algorithm>
#include <charconv>

namespace lapilli::checkpoint {
namespace {

constexpr std::int64_t seal_size = 64;
constexpr std::string_view begin = "lapilli checkpoint "; // then the version, length and hash as 4, 16 and 16 hex digits
constexpr std::uint64_t longest = std::uint64_t{1} << 28;

std::string seal_of(const std::string& text, std::uint64_t version)
{
    const std::uint64_t hash = XXH3_64bits_withSeed(text.data(), text.size(), version);
    auto seal = fmt::format("\n{}{:04x} {:016x} {:016x}", begin, version, text.size(), hash);
    seal.resize(seal_size - 1, ' ');
    return seal + '\n';
}

std::uint64_t hex(std::string_view seal, std::size_t at, std::size_t digits)
{
    std::uint64_t value = ~std::uint64_t{0};
    std::from_chars(seal.data() + at, seal.data() + at + digits, value, 16);
    return value;
}

/// The last bytes of a file, as many as a seal has; zeros where it has fewer.
std::string end_of(const file::InputFile& file)
{
    std::string seal(seal_size, '\0');
    if (file.size() >= seal_size) file.read(file.size() - seal_size, std::as_writable_bytes(std::span(seal)));
    return seal;
}

bool is_seal(std::string_view end) { return end.substr(1, begin.size()) == begin; }

} // namespace

void append_sealed(file::PendingFile& file, const std::string& text, std::uint64_t version)
{
    file.go_to_end();
    const auto seal = seal_of(text, version);
    file.write(std::as_bytes(std::span(text)));
    file.write(std::as_bytes(std::span(seal)));
}

bool has_seal(const std::string& path)
{
    try {
        return is_seal(end_of(file::InputFile(path, "a checkpoint")));
    } catch (const Error&) {
        return false;
    }
}

std::string read_sealed(const std::string& path)
{
    const file::InputFile file(path, "a checkpoint");
    const std::uint64_t size = file.size();
    const auto seal = end_of(file);
    const auto found = hex(seal, 1 + begin.size(), 4);
    const auto length = hex(seal, 1 + begin.size() + 5, 16);
    if (!is_seal(seal) || length > std::min(size - seal_size, longest))
        throw failure("{} is damaged: its end is missing", path);
    std::string text(length, '\0');
    file.read(size - seal_size - length, std::as_writable_bytes(std::span(text)));
    if (seal_of(text, found) != seal) throw failure("{} is damaged: its header is not what was written", path);
    if (found != sealed_version)
        throw OtherVersion(ExitCode::wrong_input,
                           fmt::format("{} has version {} of its format, but this program knows {}; use the program that "
                                       "wrote it, or start over with --replace",
                                       path, found, sealed_version));
    return text;
}

} // namespace lapilli::checkpoint
