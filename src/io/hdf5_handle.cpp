// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/hdf5_handle.hpp"

namespace lapilli::io {
namespace {

herr_t keep_first(unsigned /*depth*/, const H5E_error2_t* error, void* words)
{
    auto& text = *static_cast<std::string*>(words);
    if (text.empty() && error->desc != nullptr) text = error->desc;
    return 0;
}

} // namespace

QuietHdf5::QuietHdf5()
{
    H5Eget_auto2(H5E_DEFAULT, &print_, &where_);
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

QuietHdf5::~QuietHdf5() { H5Eset_auto2(H5E_DEFAULT, print_, where_); }

std::string hdf5_reason()
{
    std::string words;
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, keep_first, &words);
    return words.empty() ? "no reason given" : words;
}

Hdf5Handle hdf5_file_access()
{
    Hdf5Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
    H5Pset_file_locking(access.get(), 0, 1);
    return access;
}

Hdf5Handle hdf5_file_in_memory(const std::string& path)
{
    const Hdf5Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
    constexpr std::size_t growth = 4096;
    H5Pset_fapl_core(access.get(), growth, 0);
    const Hdf5Handle creation(H5Pcreate(H5P_FILE_CREATE), H5Pclose);
    H5Pset_obj_track_times(creation.get(), false);
    return {H5Fcreate(path.c_str(), H5F_ACC_TRUNC, creation.get(), access.get()), H5Fclose};
}

Hdf5Handle hdf5_dataset_for_later()
{
    Hdf5Handle creation(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
    H5Pset_obj_track_times(creation.get(), false);
    H5Pset_alloc_time(creation.get(), H5D_ALLOC_TIME_LATE);
    H5Pset_fill_time(creation.get(), H5D_FILL_TIME_NEVER);
    return creation;
}

std::vector<std::byte> hdf5_file_bytes(const Hdf5Handle& file)
{
    if (H5Fflush(file.get(), H5F_SCOPE_LOCAL) < 0) return {};
    const ssize_t size = H5Fget_file_image(file.get(), nullptr, 0);
    if (size <= 0) return {};
    std::vector<std::byte> bytes(static_cast<std::size_t>(size));
    if (H5Fget_file_image(file.get(), bytes.data(), bytes.size()) != size) return {};
    return bytes;
}

} // namespace lapilli::io
