// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/error.hpp"

#include <mpi.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

namespace lapilli::parallel {

/// An error that every rank of the program has thrown: they can all finish in order.
class AgreedError : public Error {
public:
    using Error::Error;
};

/// The ranks that work together on one object. A value: it travels with the object that communicates, and does not own
/// the MPI handle. Every member function is collective over its ranks unless it says otherwise.
class Communicator {
public:
    explicit Communicator(MPI_Comm handle);
    static Communicator world() { return Communicator(MPI_COMM_WORLD); }
    /// This rank alone.
    static Communicator self() { return Communicator(MPI_COMM_SELF); }

    int rank() const { return rank_; }
    int size() const { return size_; }
    bool is_root() const { return rank_ == 0; }
    MPI_Comm handle() const { return handle_; }

    void barrier() const;

    std::int64_t sum(std::int64_t value) const;
    std::int64_t min(std::int64_t value) const;
    std::int64_t max(std::int64_t value) const;
    double max(double value) const;
    double min(double value) const;
    bool any(bool value) const { return max(std::int64_t{value}) != 0; }
    /// Element-wise sum over ranks, in place; the same length on every rank.
    void sum(std::span<std::int64_t> values) const;
    /// Sum of the values of all lower ranks (0 on rank 0).
    std::int64_t sum_before(std::int64_t value) const;

    /// The concatenation, in rank order, of what every rank gives.
    template <class T>
    std::vector<T> gather_all(std::span<const T> mine) const;
    /// `outgoing[r]` goes to rank r; returns what each rank sent to this one, by rank.
    template <class T>
    std::vector<std::vector<T>> exchange_all(const std::vector<std::vector<T>>& outgoing) const;
    /// `values` of rank 0 on every rank, resized there.
    template <class T>
    void broadcast(std::vector<T>& values) const;
    void broadcast(std::string& text) const;

    /// Point to point, not collective. Messages above 2^31 bytes are cut into pieces.
    template <class T>
    void send(int to, std::span<const T> values) const;
    template <class T>
    void receive(int from, std::span<T> values) const;

    /// Runs `work` on rank 0 only; if it throws, every rank throws the same error. Returns what `work` gave, on every rank.
    template <class Work>
    std::string on_root(Work&& work) const;
    /// Throws on every rank the error of the lowest rank that has one. `error` is empty where all went well.
    void agree(int code, const std::string& error) const;
    /// Runs `work` on every rank; if any throws, all throw the error of the lowest such rank.
    template <class Work>
    void together(Work&& work) const;

private:
    std::vector<std::byte> gather_all_bytes(std::span<const std::byte> mine) const;
    std::vector<std::vector<std::byte>> exchange_all_bytes(const std::vector<std::span<const std::byte>>& outgoing) const;
    void broadcast_bytes(std::vector<std::byte>& bytes) const;
    void send_bytes(int to, std::span<const std::byte> bytes) const;
    void receive_bytes(int from, std::span<std::byte> bytes) const;

    MPI_Comm handle_;
    int rank_ = 0;
    int size_ = 1;
};

} // namespace lapilli::parallel

#include "parallel/communicator_impl.hpp"
