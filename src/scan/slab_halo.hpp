// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "image/distribution.hpp"
#include "parallel/communicator.hpp"
#include "segmentation/plane_stack.hpp"

#include <algorithm>
#include <cstdint>
#include <deque>
#include <span>
#include <utility>
#include <vector>

namespace lapilli::scan {

/// The planes of this rank's slab and some beyond, from the ranks that have them.
template <class T>
class SlabHalo {
public:
    /// Collective. @param own  voxels of slab_of this rank, which must outlive it
    SlabHalo(const parallel::Communicator& comm, const Shape& shape, std::span<const T> own, int reach)
        : shape_(shape), planes_(image::slab_of(shape, comm.rank(), comm.size())), own_(own)
    {
        std::vector<std::vector<T>> planes(comm.size());
        for (int rank = 0; rank < comm.size(); ++rank) {
            const auto other = image::slab_of(shape, rank, comm.size());
            if (rank == comm.rank() || other.count() == 0) continue;
            const auto first = std::max(planes_.first, other.first - reach);
            const auto last = std::min(planes_.last, other.last + reach);
            if (first >= last) continue;
            const auto part = own.subspan((first - planes_.first) * shape.plane(), (last - first) * shape.plane());
            planes[rank].assign(part.begin(), part.end());
        }
        planes = comm.exchange_all(planes);
        for (int rank = 0; rank < comm.size(); ++rank) {
            auto& beyond = rank < comm.rank() ? below_ : above_;
            beyond.insert(beyond.end(), planes[rank].begin(), planes[rank].end());
        }
    }

    /// Around the plane at z of the slab.
    template <int reach>
    segmentation::PlaneStack<T, reach> stack(std::int64_t z) const
    {
        segmentation::PlaneStack<T, reach> stack{{}, shape_.ny, shape_.nx};
        for (int dz = -reach; dz <= reach; ++dz) stack.planes[dz + reach] = plane(z + dz);
        return stack;
    }

private:
    const T* plane(std::int64_t z) const
    {
        z = std::clamp<std::int64_t>(z, 0, shape_.nz - 1);
        const auto size = shape_.plane();
        if (z < planes_.first) return below_.data() + below_.size() - (planes_.first - z) * size;
        if (z >= planes_.last) return above_.data() + (z - planes_.last) * size;
        return own_.data() + (z - planes_.first) * size;
    }

    Shape shape_;
    PlaneRange planes_;
    std::span<const T> own_;
    std::vector<T> below_, above_;
};

/// Replaces each plane of the slabs by filter(stack, plane), which sees the planes around as they were. Collective.
template <int reach, class T, class Filter>
void filter_planes(const parallel::Communicator& comm, const Shape& shape, std::vector<T>& own, Filter&& filter)
{
    const SlabHalo<T> halo(comm, shape, own, reach);
    const auto planes = image::slab_of(shape, comm.rank(), comm.size());
    comm.together([&] {
        std::deque<std::vector<T>> waiting; // until no plane looks at what they replace
        auto to = own.begin();
        const auto put_first = [&] {
            to = std::ranges::copy(waiting.front(), to).out;
            waiting.pop_front();
        };
        for (auto z = planes.first; z < planes.last; ++z) {
            filter(halo.template stack<reach>(z), std::span<T>(waiting.emplace_back(shape.plane())));
            if (waiting.size() > reach) put_first();
        }
        while (!waiting.empty()) put_first();
    });
}

} // namespace lapilli::scan
