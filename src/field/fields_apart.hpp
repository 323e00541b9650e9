// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "field/plane.hpp"
#include "format/isolated_process.hpp"

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace lapilli::field {

/// What there is in a fields.h5.
struct FieldList {
    Shape shape;
    FieldsOf of;
    std::vector<StoredField> fields;
};

/// A process, which is this program once more, in which HDF5 reads files that anybody may have written: where one of them
/// crashes or stops it, it is started again and the file is refused. It is handed open files, so that it needs no names.
/// Members may be called by several threads, who wait for each other. The `main` of a program that has one begins with
/// serve_fields.
class FieldsApart {
public:
    FieldsApart();
    /// In a process that is started otherwise, for tests.
    explicit FieldsApart(format::StartProcess start) : start_(std::move(start)) {}

    /// @throws Error the file is refused: exit code 2; the process broke off at it: exit code 1
    FieldList list(int file);
    Plane plane(int file, const PlaneOf& of);
    PoreShares pore_shares(int file, int most);

    int restarts() const { return restarts_; } ///< how often it had to be started again

private:
    template <class Take>
    void ask(int file, const std::string& request, const Take& take);

    format::StartProcess start_;
    std::mutex mutex_;
    std::unique_ptr<format::IsolatedProcess> process_;
    std::atomic<int> restarts_{0};
};

/// The life of that process, by the arguments of `main`; nothing in all other processes.
void serve_fields(int argc, const char* const* argv);
[[noreturn]] void serve_fields(const format::Pipe& pipe);

} // namespace lapilli::field
