// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/hdf5/hdf5_sources.hpp"

#include "format/hdf5/hdf5_layout.hpp"

#include <array>
#include <filesystem>
#include <functional>

namespace lapilli::format {
namespace {

namespace fs = std::filesystem;

/// A text of HDF5 whose length is asked for first.
std::string text_of(const std::function<ssize_t(char*, std::size_t)>& get)
{
    const ssize_t length = get(nullptr, 0);
    if (length <= 0) return {};
    std::string words(static_cast<std::size_t>(length) + 1, '\0');
    if (get(words.data(), words.size()) < 0) return {};
    words.resize(length);
    return words;
}

Error missing(const std::string& path, const std::string& dataset, const std::string& source)
{
    return input_error("the voxels of {}:{} lie in {}, which is not there; put that file beside {}", path, dataset, source,
                       fs::path(path).filename().string());
}

void require_virtual_sources(const std::string& path, const std::string& dataset, hid_t creation, const std::string& holder)
{
    std::size_t count = 0;
    if (H5Pget_virtual_count(creation, &count) < 0 || count == 0)
        throw input_error("the virtual dataset {} of {} has no sources; write it again", dataset, path);
    for (std::size_t i = 0; i < count; ++i) {
        std::string source =
            text_of([&](char* words, std::size_t size) { return H5Pget_virtual_filename(creation, i, words, size); });
        const std::string within =
            text_of([&](char* words, std::size_t size) { return H5Pget_virtual_dsetname(creation, i, words, size); });
        if (source.empty() || source == ".") continue;
        if (const auto number = source.find("%b"); number != std::string::npos) { // the first of a series of files
            source.erase(number, 1);
            source[number] = '0';
        }
        const auto place = linked_file(holder, source);
        if (!place) throw missing(path, dataset, source);
        const Hdf5Handle access = hdf5_file_access();
        const Hdf5Handle file(H5Fopen(place->c_str(), H5F_ACC_RDONLY, access.get()), H5Fclose);
        const Hdf5Handle found(file && within.find('%') == std::string::npos
                                   ? H5Oopen(file.get(), within.c_str(), H5P_DEFAULT)
                                   : H5I_INVALID_HID,
                               H5Oclose);
        if (!file || (!found && within.find('%') == std::string::npos))
            throw input_error("the voxels of {}:{} lie in {}:{}, which cannot be opened; is it the right file?", path,
                              dataset, source, within);
    }
}

void require_external_files(const std::string& path, const std::string& dataset, hid_t creation, const std::string& holder)
{
    const int count = H5Pget_external_count(creation);
    for (int i = 0; i < count; ++i) {
        std::array<char, 4096> name{};
        off_t offset = 0;
        hsize_t size = 0;
        if (H5Pget_external(creation, static_cast<unsigned>(i), name.size() - 1, name.data(), &offset, &size) < 0) continue;
        if (!linked_file(holder, name.data())) throw missing(path, dataset, name.data());
    }
}

void require_filters(const std::string& path, const std::string& dataset, hid_t creation)
{
    const int count = H5Pget_nfilters(creation);
    for (int i = 0; i < count; ++i) {
        unsigned flags = 0, config = 0;
        std::size_t values = 0;
        std::array<char, 64> name{};
        const H5Z_filter_t filter = H5Pget_filter2(creation, static_cast<unsigned>(i), &flags, &values, nullptr,
                                                   name.size() - 1, name.data(), &config);
        if (filter < 0 || H5Zfilter_avail(filter) > 0) continue;
        const std::string who = name[0] == '\0' ? fmt::format("number {}", filter) : std::string(name.data());
        throw input_error("{}:{} is compressed by the filter {}, which this HDF5 cannot unpack; write it again with gzip",
                          path, dataset, who);
    }
}

/// Whether chunks were never written. HDF5's status of the space alone does not say it: there packed chunks are too small.
bool lacks_chunks(hid_t dataset)
{
    const auto layout = hdf5_layout(dataset);
    const Hdf5Handle space(H5Dget_space(dataset), H5Sclose);
    hsize_t written = 0;
    return layout && H5Dget_num_chunks(dataset, space.get(), &written) >= 0 && static_cast<double>(written) < layout->chunks;
}

} // namespace

std::optional<std::string> linked_file(const std::string& from, const std::string& name)
{
    std::error_code ignored;
    for (const auto& path : {fs::path(from).parent_path() / name, fs::path(name)})
        if (fs::is_regular_file(path, ignored)) return path.string();
    return std::nullopt;
}

Hdf5Source hdf5_source(const std::string& path, const std::string& name, hid_t dataset)
{
    Hdf5Source source{.file = text_of([&](char* words, std::size_t size) { return H5Fget_name(dataset, words, size); })};
    if (source.file.empty()) source.file = path;
    const Hdf5Handle creation(H5Dget_create_plist(dataset), H5Pclose);
    if (!creation) return source;
    const H5D_layout_t layout = H5Pget_layout(creation.get());
    if (layout == H5D_VIRTUAL) {
        require_virtual_sources(path, name, creation.get(), source.file);
        source.elsewhere = true;
        return source;
    }
    require_filters(path, name, creation.get());
    if (H5Pget_external_count(creation.get()) > 0) {
        require_external_files(path, name, creation.get(), source.file);
        source.elsewhere = true;
        return source;
    }
    H5D_space_status_t status = H5D_SPACE_STATUS_ALLOCATED;
    if (H5Dget_space_status(dataset, &status) < 0) return source;
    if (status == H5D_SPACE_STATUS_NOT_ALLOCATED)
        throw input_error("the voxels of {}:{} were never written; write the file again", path, name);
    if (status == H5D_SPACE_STATUS_PART_ALLOCATED && lacks_chunks(dataset))
        source.remarks.push_back(
            fmt::format("parts of {}:{} (chunks) were never written and are read as its fill value; write "
                        "the file again if they should hold voxels",
                        path, name));
    return source;
}

} // namespace lapilli::format
