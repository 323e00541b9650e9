// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/error.hpp"
#include "format/image_reader.hpp"

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <span>
#include <string>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

namespace lapilli::test {

/// A folder of its own for each test case, gone afterwards.
class ScratchFolder {
public:
    ScratchFolder()
    {
        std::string name = (std::filesystem::temp_directory_path() / "lapilli-io-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw failure("no scratch folder {}", name);
        path_ = name;
    }
    ~ScratchFolder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;

    std::string operator/(const std::string& name) const { return (path_ / name).string(); }
    std::string path() const { return path_.string(); }

    std::string write(const std::string& name, const std::string& bytes) const
    {
        std::filesystem::remove(path_ / name); // ext4 syncs a file that replaces another: thousands take a minute
        std::ofstream(path_ / name, std::ios::binary) << bytes;
        return *this / name;
    }

    std::vector<std::string> files() const
    {
        std::vector<std::string> names;
        for (const auto& entry : std::filesystem::directory_iterator(path_))
            names.push_back(entry.path().filename().string());
        return names;
    }

private:
    std::filesystem::path path_;
};

inline std::string bytes_in(const std::string& path)
{
    std::string bytes(std::filesystem::file_size(path), '\0');
    std::ifstream(path, std::ios::binary).read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return bytes;
}

template <class T>
std::string bytes_of(const std::vector<T>& values)
{
    return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)};
}

using Labels = std::vector<std::int32_t>;

inline Labels read_planes(format::ImageReader& reader, PlaneRange planes)
{
    Labels labels(static_cast<std::size_t>(planes.count() * reader.description().shape.plane()));
    reader.read(planes, labels);
    return labels;
}

inline Labels read_all(const std::string& path, const format::RawFormat& raw = {})
{
    const auto reader = format::open_image(path, raw);
    return read_planes(*reader, {0, reader->description().shape.nz});
}

/// Labels that no mistake in order, size or sign leaves as they are: 0, 1, 2, ... modulo a prime.
inline Labels counted(std::int64_t voxels, std::int32_t modulus = 251)
{
    Labels labels(static_cast<std::size_t>(voxels));
    for (std::size_t i = 0; i < labels.size(); ++i) labels[i] = static_cast<std::int32_t>(i) % modulus;
    return labels;
}

template <class T>
std::vector<T> as(const Labels& labels)
{
    return {labels.begin(), labels.end()};
}

/// What was written to stderr, by any library, while it lived.
class CapturedStderr {
public:
    explicit CapturedStderr(const ScratchFolder& folder) : path_(folder / "stderr"), before_(::dup(2))
    {
        const int file = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        ::dup2(file, 2);
        ::close(file);
    }
    ~CapturedStderr() { restore(); }
    CapturedStderr(const CapturedStderr&) = delete;
    CapturedStderr& operator=(const CapturedStderr&) = delete;

    std::string text()
    {
        restore();
        return bytes_in(path_);
    }

private:
    void restore()
    {
        if (before_ < 0) return;
        ::dup2(before_, 2);
        ::close(before_);
        before_ = -1;
    }

    std::string path_;
    int before_;
};

/// The error of an action, to look at its code and sentence; fails the caller by exception if there is none.
template <class Action>
Error error_of(Action&& action)
{
    try {
        action();
    } catch (const Error& error) {
        return error;
    }
    throw std::logic_error("an error was expected, but there was none");
}

inline Error error_of_opening(const std::string& path, const format::RawFormat& raw = {})
{
    return error_of([&] { format::open_image(path, raw); });
}

/// Reading a damaged copy does what is promised: the right labels, or an error that is final. Anything else is thrown on.
template <class Read>
bool is_refused_or_right(Read&& read, const Labels& labels)
{
    try {
        return read() == labels;
    } catch (const Error& error) {
        return error.code() == ExitCode::wrong_input;
    }
}

inline bool is_refused_or_right(const std::string& path, const format::RawFormat& raw, const Labels& labels)
{
    return is_refused_or_right([&] { return read_all(path, raw); }, labels);
}

} // namespace lapilli::test
