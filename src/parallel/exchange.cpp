// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "parallel/exchange.hpp"

#include <algorithm>

namespace lapilli::parallel {

namespace {
constexpr int halo_tag = 2;
constexpr int setup_tag = 3;
} // namespace

/// Buffers and the MPI requests bound to them: their addresses must not move.
struct Exchange::Persistent {
    std::vector<std::vector<float>> out;
    std::vector<std::vector<float>> in;
    std::vector<MPI_Request> requests;

    Persistent(MPI_Comm comm, const std::vector<Neighbour>& neighbours, int width)
        : out(neighbours.size()), in(neighbours.size())
    {
        for (std::size_t n = 0; n < neighbours.size(); ++n) {
            out[n].resize(neighbours[n].send.size() * width);
            in[n].resize(neighbours[n].ghosts * width);
            if (!in[n].empty())
                MPI_Recv_init(in[n].data(), in[n].size(), MPI_FLOAT, neighbours[n].rank, halo_tag, comm,
                              &requests.emplace_back());
            if (!out[n].empty())
                MPI_Send_init(out[n].data(), out[n].size(), MPI_FLOAT, neighbours[n].rank, halo_tag, comm,
                              &requests.emplace_back());
        }
    }
    ~Persistent()
    {
        int finalized = 0;
        MPI_Finalized(&finalized);
        if (finalized != 0) return;
        for (auto& request : requests) MPI_Request_free(&request);
    }
};

Exchange::Exchange(const Communicator& comm, std::vector<Neighbour> neighbours, int width)
    : comm_(comm.handle()), width_(width), neighbours_(std::move(neighbours)),
      persistent_(std::make_unique<Persistent>(comm.handle(), neighbours_, width))
{
}

Exchange::Exchange() = default;
Exchange::~Exchange() = default;
Exchange::Exchange(Exchange&&) noexcept = default;
Exchange& Exchange::operator=(Exchange&&) noexcept = default;

Exchange Exchange::of_numbers(const Communicator& comm, std::span<const std::int64_t> needed,
                              std::span<const std::int64_t> first_of_rank, std::int32_t ghost_first, int width)
{
    std::vector<std::vector<std::int64_t>> wanted(comm.size());
    std::size_t rank = 0;
    for (const std::int64_t number : needed) {
        while (number >= first_of_rank[rank + 1]) ++rank;
        wanted[rank].push_back(number);
    }
    const auto asked = comm.exchange_all(wanted);
    const std::int64_t mine = first_of_rank[comm.rank()];
    std::vector<Neighbour> neighbours;
    for (int r = 0; r < comm.size(); ++r) {
        const std::int32_t ghosts = wanted[r].size();
        if (ghosts > 0 || !asked[r].empty()) {
            auto& neighbour = neighbours.emplace_back(Neighbour{r, {}, ghost_first, ghosts});
            for (const std::int64_t number : asked[r]) neighbour.send.push_back(number - mine);
        }
        ghost_first += ghosts;
    }
    return Exchange(comm, std::move(neighbours), width);
}

void Exchange::start(const float* field)
{
    if (neighbours_.empty()) return;
    for (std::size_t n = 0; n < neighbours_.size(); ++n) {
        float* out = persistent_->out[n].data();
        for (const std::int32_t i : neighbours_[n].send) out = std::copy_n(field + std::ptrdiff_t{i} * width_, width_, out);
    }
    MPI_Startall(persistent_->requests.size(), persistent_->requests.data());
}

void Exchange::finish(float* field)
{
    if (neighbours_.empty()) return;
    MPI_Waitall(persistent_->requests.size(), persistent_->requests.data(), MPI_STATUSES_IGNORE);
    for (std::size_t n = 0; n < neighbours_.size(); ++n)
        std::copy(persistent_->in[n].begin(), persistent_->in[n].end(),
                  field + std::ptrdiff_t{neighbours_[n].ghost_first} * width_);
}

void Exchange::transfer(const std::vector<std::vector<std::byte>>& out, std::vector<std::vector<std::byte>>& in) const
{
    std::vector<MPI_Request> requests;
    for (std::size_t n = 0; n < neighbours_.size(); ++n)
        if (!in[n].empty())
            MPI_Irecv(in[n].data(), in[n].size(), MPI_BYTE, neighbours_[n].rank, setup_tag, comm_, &requests.emplace_back());
    for (std::size_t n = 0; n < neighbours_.size(); ++n)
        if (!out[n].empty())
            MPI_Isend(const_cast<std::byte*>(out[n].data()), out[n].size(), MPI_BYTE, neighbours_[n].rank, setup_tag, comm_,
                      &requests.emplace_back());
    MPI_Waitall(requests.size(), requests.data(), MPI_STATUSES_IGNORE);
}

std::size_t Exchange::bytes() const
{
    std::size_t total = 0;
    for (const auto& n : neighbours_) total += n.send.size() * 4 + (n.send.size() + n.ghosts) * width_ * 4;
    return total;
}

} // namespace lapilli::parallel
