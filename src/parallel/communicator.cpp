// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "parallel/communicator.hpp"

#include <algorithm>
#include <limits>
#include <new>
#include <numeric>

namespace lapilli::parallel {

namespace {

constexpr int data_tag = 1;

/// Calls transfer(piece, its length) for the pieces of some bytes, in their order: MPI counts are int.
template <class Byte, class Transfer>
void in_pieces(std::span<Byte> bytes, Transfer&& transfer)
{
    constexpr std::size_t longest = std::size_t{1} << 30;
    while (!bytes.empty()) {
        const int length = std::min(longest, bytes.size());
        transfer(bytes.data(), length);
        bytes = bytes.subspan(length);
    }
}

template <class T>
T reduce(T value, MPI_Datatype type, MPI_Op operation, MPI_Comm comm)
{
    MPI_Allreduce(MPI_IN_PLACE, &value, 1, type, operation, comm);
    return value;
}

void* mutable_bytes(const std::byte* bytes)
{
    return const_cast<std::byte*>(bytes); // MPI_Isend of MPI 2 takes void*
}

} // namespace

Communicator::Communicator(MPI_Comm handle) : handle_(handle)
{
    MPI_Comm_rank(handle_, &rank_);
    MPI_Comm_size(handle_, &size_);
}

void Communicator::barrier() const { MPI_Barrier(handle_); }

std::int64_t Communicator::sum(std::int64_t value) const { return reduce(value, MPI_INT64_T, MPI_SUM, handle_); }
std::int64_t Communicator::min(std::int64_t value) const { return reduce(value, MPI_INT64_T, MPI_MIN, handle_); }
std::int64_t Communicator::max(std::int64_t value) const { return reduce(value, MPI_INT64_T, MPI_MAX, handle_); }
double Communicator::max(double value) const { return reduce(value, MPI_DOUBLE, MPI_MAX, handle_); }
double Communicator::min(double value) const { return reduce(value, MPI_DOUBLE, MPI_MIN, handle_); }

void Communicator::sum(std::span<std::int64_t> values) const
{
    MPI_Allreduce(MPI_IN_PLACE, values.data(), values.size(), MPI_INT64_T, MPI_SUM, handle_);
}

std::int64_t Communicator::sum_before(std::int64_t value) const
{
    std::int64_t before = 0;
    MPI_Exscan(&value, &before, 1, MPI_INT64_T, MPI_SUM, handle_);
    return rank_ == 0 ? 0 : before;
}

std::vector<std::byte> Communicator::gather_all_bytes(std::span<const std::byte> mine) const
{
    std::vector<std::int64_t> sizes(size_);
    const auto my_size = std::ssize(mine);
    MPI_Allgather(&my_size, 1, MPI_INT64_T, sizes.data(), 1, MPI_INT64_T, handle_);
    const auto total = std::accumulate(sizes.begin(), sizes.end(), std::int64_t{0});
    std::vector<std::byte> all(total);
    if (total <= std::numeric_limits<int>::max()) {
        std::vector<int> counts(sizes.begin(), sizes.end());
        std::vector<int> offsets(counts.size(), 0);
        std::partial_sum(counts.begin(), counts.end() - 1, offsets.begin() + 1);
        MPI_Allgatherv(mine.data(), mine.size(), MPI_BYTE, all.data(), counts.data(), offsets.data(), MPI_BYTE, handle_);
        return all;
    }
    std::span<std::byte> rest(all);
    for (int root = 0; root < size_; ++root) {
        const auto part = rest.first(sizes[root]);
        if (root == rank_) std::copy(mine.begin(), mine.end(), part.begin());
        in_pieces(part, [&](std::byte* at, int length) { MPI_Bcast(at, length, MPI_BYTE, root, handle_); });
        rest = rest.subspan(part.size());
    }
    return all;
}

std::vector<std::vector<std::byte>>
Communicator::exchange_all_bytes(const std::vector<std::span<const std::byte>>& outgoing) const
{
    std::vector<std::int64_t> out_sizes(size_), in_sizes(size_);
    for (int r = 0; r < size_; ++r) out_sizes[r] = std::ssize(outgoing[r]);
    MPI_Alltoall(out_sizes.data(), 1, MPI_INT64_T, in_sizes.data(), 1, MPI_INT64_T, handle_);

    std::vector<std::vector<std::byte>> incoming(size_);
    std::vector<MPI_Request> requests;
    for (int r = 0; r < size_; ++r) {
        incoming[r].resize(in_sizes[r]);
        if (r == rank_) continue;
        in_pieces(std::span(incoming[r]), [&](std::byte* at, int length) {
            MPI_Irecv(at, length, MPI_BYTE, r, data_tag, handle_, &requests.emplace_back());
        });
    }
    for (int r = 0; r < size_; ++r) {
        if (r == rank_) {
            std::copy(outgoing[r].begin(), outgoing[r].end(), incoming[r].begin());
            continue;
        }
        in_pieces(outgoing[r], [&](const std::byte* at, int length) {
            MPI_Isend(mutable_bytes(at), length, MPI_BYTE, r, data_tag, handle_, &requests.emplace_back());
        });
    }
    MPI_Waitall(requests.size(), requests.data(), MPI_STATUSES_IGNORE);
    return incoming;
}

void Communicator::broadcast_bytes(std::vector<std::byte>& bytes) const
{
    auto length = std::ssize(bytes);
    MPI_Bcast(&length, 1, MPI_INT64_T, 0, handle_);
    bytes.resize(length);
    in_pieces(std::span(bytes), [&](std::byte* at, int count) { MPI_Bcast(at, count, MPI_BYTE, 0, handle_); });
}

void Communicator::broadcast(std::string& text) const
{
    std::vector<char> letters(text.begin(), text.end());
    broadcast(letters);
    text.assign(letters.begin(), letters.end());
}

void Communicator::send_bytes(int to, std::span<const std::byte> bytes) const
{
    in_pieces(bytes, [&](const std::byte* at, int length) {
        MPI_Send(mutable_bytes(at), length, MPI_BYTE, to, data_tag, handle_);
    });
}

void Communicator::receive_bytes(int from, std::span<std::byte> bytes) const
{
    in_pieces(bytes, [&](std::byte* at, int length) {
        MPI_Recv(at, length, MPI_BYTE, from, data_tag, handle_, MPI_STATUS_IGNORE);
    });
}

void Communicator::agree(int code, const std::string& error) const
{
    const bool bad = code != 0;
    const int first = min(std::int64_t{bad ? rank_ : size_});
    if (first == size_) return;
    MPI_Bcast(&code, 1, MPI_INT, first, handle_);
    auto length = std::ssize(error);
    MPI_Bcast(&length, 1, MPI_INT64_T, first, handle_);
    std::string sentence(error);
    sentence.resize(length);
    MPI_Bcast(sentence.data(), length, MPI_CHAR, first, handle_);
    int world_size = 0;
    MPI_Comm_size(MPI_COMM_WORLD, &world_size);
    const auto exit_code = static_cast<ExitCode>(code);
    if (size_ < world_size) throw Error(exit_code, sentence); // the others do not know of it
    throw AgreedError(exit_code, sentence);
}

std::pair<int, std::string> detail::describe_current_exception()
{
    try {
        throw;
    } catch (const Error& error) {
        return {exit_status(error.code()), error.what()};
    } catch (const std::bad_alloc&) {
        return {exit_status(ExitCode::failed),
                "memory ran out on one rank; use more machines, or a smaller image or --crop"};
    } catch (const std::exception& error) {
        return {exit_status(ExitCode::failed),
                fmt::format("{}; this should not happen; please report it with the command line", error.what())};
    }
}

} // namespace lapilli::parallel
