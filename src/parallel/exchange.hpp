// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "parallel/communicator.hpp"

#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <vector>

namespace lapilli::parallel {

/// Keeps the ghost values of distributed fields: a field holds this rank's values first, then the ghosts, grouped by owner.
/// The pattern is fixed when it is made; start() and finish() post and complete persistent non-blocking messages between
/// them, so that work on values without ghosts overlaps the transfer.
class Exchange {
public:
    /// What goes to and comes from one other rank.
    struct Neighbour {
        int rank = 0;
        std::vector<std::int32_t> send; ///< local indices of the values that rank needs
        std::int32_t ghost_first = 0;   ///< where its values stand in the field
        std::int32_t ghosts = 0;
    };

    Exchange();
    /// @param width  floats that make one value of a field
    Exchange(const Communicator& comm, std::vector<Neighbour> neighbours, int width = 1);
    ~Exchange();
    Exchange(Exchange&&) noexcept;
    Exchange& operator=(Exchange&&) noexcept;

    /// The pattern that brings the values with the given global numbers, ascending, to the ghost places from `ghost_first`
    /// on. `first_of_rank`, size ranks + 1: rank r owns the numbers in [first_of_rank[r], first_of_rank[r + 1]). Collective.
    static Exchange of_numbers(const Communicator& comm, std::span<const std::int64_t> needed,
                               std::span<const std::int64_t> first_of_rank, std::int32_t ghost_first, int width = 1);

    /// Packs and sends. Collective over neighbours, like finish().
    void start(const float* field);
    /// Waits and writes the ghosts of `field`.
    void finish(float* field);
    void run(float* field)
    {
        start(field);
        finish(field);
    }
    /// The same pattern for values of `width` floats.
    Exchange widened(int width) const
    {
        return {comm_ == MPI_COMM_NULL ? Communicator::self() : Communicator(comm_), neighbours_, width};
    }
    /// One exchange of any trivially copyable type, for setup. value(local index) gives what is sent; returns the ghosts in
    /// order.
    template <class T, class Value>
    std::vector<T> ghosts_of(Value&& value) const;

    bool empty() const { return neighbours_.empty(); }
    std::size_t bytes() const;
    const std::vector<Neighbour>& neighbours() const { return neighbours_; }

private:
    struct Persistent;
    void transfer(const std::vector<std::vector<std::byte>>& out, std::vector<std::vector<std::byte>>& in) const;

    MPI_Comm comm_ = MPI_COMM_NULL;
    int width_ = 1;
    std::vector<Neighbour> neighbours_;
    std::unique_ptr<Persistent> persistent_;
};

template <class T, class Value>
std::vector<T> Exchange::ghosts_of(Value&& value) const
{
    static_assert(std::is_trivially_copyable_v<T>);
    std::vector<std::vector<std::byte>> out(neighbours_.size()), in(neighbours_.size());
    std::vector<T> ghosts;
    for (std::size_t n = 0; n < neighbours_.size(); ++n) {
        out[n].resize(neighbours_[n].send.size() * sizeof(T));
        std::byte* to = out[n].data();
        for (const std::int32_t i : neighbours_[n].send) {
            const T v = value(i);
            std::memcpy(to, &v, sizeof(T)); // vectors of bytes are not aligned for every T
            to += sizeof(T);
        }
        in[n].resize(neighbours_[n].ghosts * sizeof(T));
    }
    transfer(out, in);
    for (const auto& bytes : in) {
        const auto first = ghosts.size();
        ghosts.resize(first + bytes.size() / sizeof(T));
        if (!bytes.empty()) std::memcpy(ghosts.data() + first, bytes.data(), bytes.size());
    }
    return ghosts;
}

} // namespace lapilli::parallel
