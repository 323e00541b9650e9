// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "parallel/communicator.hpp"

#include <algorithm>
#include <limits>
#include <new>
#include <numeric>

namespace lapilli::parallel {

namespace {

constexpr std::size_t piece = std::size_t{1} << 30; // MPI counts are int: longer messages go in pieces
constexpr int data_tag = 1;

template <class T>
T reduce(T value, MPI_Datatype type, MPI_Op operation, MPI_Comm comm)
{
    MPI_Allreduce(MPI_IN_PLACE, &value, 1, type, operation, comm);
    return value;
}

void* mutable_bytes(std::span<const std::byte> bytes)
{
    return const_cast<std::byte*>(bytes.data()); // MPI_Isend of MPI 2 takes void*
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
    MPI_Allreduce(MPI_IN_PLACE, values.data(), static_cast<int>(values.size()), MPI_INT64_T, MPI_SUM, handle_);
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
        MPI_Allgatherv(mine.data(), static_cast<int>(mine.size()), MPI_BYTE, all.data(), counts.data(), offsets.data(),
                       MPI_BYTE, handle_);
        return all;
    }
    std::size_t at = 0;
    for (int root = 0; root < size_; ++root) {
        const std::size_t length = sizes[root];
        if (root == rank_) std::copy(mine.begin(), mine.end(), all.begin() + static_cast<std::ptrdiff_t>(at));
        for (std::size_t done = 0; done < length; done += piece)
            MPI_Bcast(all.data() + at + done, static_cast<int>(std::min(piece, length - done)), MPI_BYTE, root, handle_);
        at += length;
    }
    return all;
}

std::vector<std::vector<std::byte>>
Communicator::exchange_all_bytes(const std::vector<std::span<const std::byte>>& outgoing) const
{
    const std::size_t ranks = size_;
    std::vector<std::int64_t> out_sizes(ranks), in_sizes(ranks);
    for (std::size_t r = 0; r < ranks; ++r) out_sizes[r] = std::ssize(outgoing[r]);
    MPI_Alltoall(out_sizes.data(), 1, MPI_INT64_T, in_sizes.data(), 1, MPI_INT64_T, handle_);

    std::vector<std::vector<std::byte>> incoming(ranks);
    std::vector<MPI_Request> requests;
    for (std::size_t r = 0; r < ranks; ++r) {
        incoming[r].resize(in_sizes[r]);
        if (static_cast<int>(r) == rank_) continue;
        for (std::size_t done = 0; done < incoming[r].size(); done += piece)
            MPI_Irecv(incoming[r].data() + done, static_cast<int>(std::min(piece, incoming[r].size() - done)), MPI_BYTE,
                      static_cast<int>(r), data_tag, handle_, &requests.emplace_back());
    }
    for (std::size_t r = 0; r < ranks; ++r) {
        if (static_cast<int>(r) == rank_) {
            std::copy(outgoing[r].begin(), outgoing[r].end(), incoming[r].begin());
            continue;
        }
        for (std::size_t done = 0; done < outgoing[r].size(); done += piece)
            MPI_Isend(mutable_bytes(outgoing[r].subspan(done)), static_cast<int>(std::min(piece, outgoing[r].size() - done)),
                      MPI_BYTE, static_cast<int>(r), data_tag, handle_, &requests.emplace_back());
    }
    MPI_Waitall(static_cast<int>(requests.size()), requests.data(), MPI_STATUSES_IGNORE);
    return incoming;
}

void Communicator::broadcast_bytes(std::vector<std::byte>& bytes) const
{
    auto length = std::ssize(bytes);
    MPI_Bcast(&length, 1, MPI_INT64_T, 0, handle_);
    bytes.resize(length);
    for (std::size_t done = 0; done < bytes.size(); done += piece)
        MPI_Bcast(bytes.data() + done, static_cast<int>(std::min(piece, bytes.size() - done)), MPI_BYTE, 0, handle_);
}

void Communicator::broadcast(std::string& text) const
{
    std::vector<char> letters(text.begin(), text.end());
    broadcast(letters);
    text.assign(letters.begin(), letters.end());
}

void Communicator::send_bytes(int to, std::span<const std::byte> bytes) const
{
    for (std::size_t done = 0; done < bytes.size(); done += piece)
        MPI_Send(mutable_bytes(bytes.subspan(done)), static_cast<int>(std::min(piece, bytes.size() - done)), MPI_BYTE, to,
                 data_tag, handle_);
}

void Communicator::receive_bytes(int from, std::span<std::byte> bytes) const
{
    for (std::size_t done = 0; done < bytes.size(); done += piece)
        MPI_Recv(bytes.data() + done, static_cast<int>(std::min(piece, bytes.size() - done)), MPI_BYTE, from, data_tag,
                 handle_, MPI_STATUS_IGNORE);
}

void Communicator::agree(int code, const std::string& error) const
{
    const bool bad = code != 0;
    const auto first = static_cast<int>(min(std::int64_t{bad ? rank_ : size_}));
    if (first == size_) return;
    MPI_Bcast(&code, 1, MPI_INT, first, handle_);
    auto length = std::ssize(error);
    MPI_Bcast(&length, 1, MPI_INT64_T, first, handle_);
    std::string sentence(error);
    sentence.resize(length);
    MPI_Bcast(sentence.data(), static_cast<int>(length), MPI_CHAR, first, handle_);
    int world_size = 0;
    MPI_Comm_size(MPI_COMM_WORLD, &world_size);
    if (size_ < world_size) throw Error(static_cast<ExitCode>(code), sentence); // the others do not know of it
    throw AgreedError(static_cast<ExitCode>(code), sentence);
}

std::pair<int, std::string> detail::describe_current_exception()
{
    try {
        throw;
    } catch (const Error& error) {
        return {static_cast<int>(error.code()), error.what()};
    } catch (const std::bad_alloc&) {
        return {static_cast<int>(ExitCode::failed),
                "memory ran out on one rank; use more machines, or a smaller image or --crop"};
    } catch (const std::exception& error) {
        return {static_cast<int>(ExitCode::failed),
                fmt::format("{}; this should not happen; please report it with the command line", error.what())};
    }
}

} // namespace lapilli::parallel
