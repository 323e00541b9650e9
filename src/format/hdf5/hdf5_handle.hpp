// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/error.hpp"

#include <string>
#include <utility>

#include <hdf5.h>

namespace lapilli::format {

/// While it lives HDF5 prints nothing to stderr. Scoped, so that the setting of others is left as it was.
class QuietHdf5 {
public:
    QuietHdf5();
    ~QuietHdf5();
    QuietHdf5(const QuietHdf5&) = delete;
    QuietHdf5& operator=(const QuietHdf5&) = delete;

private:
    H5E_auto2_t print_ = nullptr;
    void* where_ = nullptr;
};

/// An HDF5 identifier that closes itself.
class Hdf5Handle {
public:
    using Close = herr_t (*)(hid_t);

    Hdf5Handle() = default;
    Hdf5Handle(hid_t id, Close closer) : id_(id), close_(closer) {}
    ~Hdf5Handle() { close(); }
    Hdf5Handle(Hdf5Handle&& other) noexcept : id_(std::exchange(other.id_, H5I_INVALID_HID)), close_(other.close_) {}
    Hdf5Handle& operator=(Hdf5Handle&& other) noexcept
    {
        std::swap(id_, other.id_);
        std::swap(close_, other.close_);
        return *this;
    }
    Hdf5Handle(const Hdf5Handle&) = delete;
    Hdf5Handle& operator=(const Hdf5Handle&) = delete;

    hid_t get() const { return id_; }
    explicit operator bool() const { return id_ >= 0; }

    /// Silent; false if HDF5 could not close it, which for a file means that it is not wholly written.
    bool close()
    {
        const QuietHdf5 quiet;
        const hid_t id = std::exchange(id_, H5I_INVALID_HID);
        return id < 0 || close_(id) >= 0;
    }

private:
    hid_t id_ = H5I_INVALID_HID;
    Close close_ = nullptr;
};

/// The innermost message of HDF5's last error.
std::string hdf5_reason();

/// Serial driver, no lock file: many ranks read one file, and some network file systems refuse locks.
Hdf5Handle hdf5_file_access();

} // namespace lapilli::format
