// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/hdf5/hdf5_handle.hpp"

namespace lapilli::format {
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

} // namespace lapilli::format
