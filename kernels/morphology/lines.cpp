// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "morphology/lines.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <numeric>

namespace lapilli::morphology {

namespace {

using Square = std::array<std::uint16_t, brick::edge>;
constexpr int words_at_once = 4; ///< 64 voxels

/// Bit i of word j becomes bit j of word i: blocks beside the diagonal change places, ever smaller ones.
Square transposed(Square square)
{
    unsigned low = 0x00ff;
    for (unsigned half = brick::edge / 2; half > 0; half /= 2, low ^= low << half)
        for (unsigned i = 0; i < brick::edge; ++i) {
            if ((i & half) != 0) continue;
            const unsigned change = (square[i] >> half ^ square[i + half]) & low;
            square[i] ^= change << half;
            square[i + half] ^= change;
        }
    return square;
}

/// Sixteen lines at once, from one voxel to the next.
class ChordsOfSheet {
public:
    explicit ChordsOfSheet(Chords& chords) : chords_(chords) { begin_.fill(0); }

    void add(std::span<const std::uint16_t> sheet, std::span<const std::uint16_t> open, Boundary beyond)
    {
        const std::int64_t voxels = std::ssize(sheet);
        unsigned before = 0, outside_before = 0, begun_outside = 0;
        for (std::int64_t i = 0; i < voxels; ++i) {
            const unsigned here = sheet[i], outside = open[i] & ~here, starting = here & ~before;
            begun_outside = (begun_outside & ~starting) | (starting & outside_before);
            const unsigned cut = begun_outside | outside;
            for (unsigned starts = starting; starts != 0; starts &= starts - 1) begin_[std::countr_zero(starts)] = i;
            for (unsigned ends = before & ~here; ends != 0; ends &= ends - 1) {
                const int line = std::countr_zero(ends);
                end(line, i, (cut >> line & 1U) != 0);
            }
            before = here;
            outside_before = outside;
        }
        std::array<std::int64_t, brick::edge> tail{};
        for (unsigned rest = before; rest != 0; rest &= rest - 1) {
            const int line = std::countr_zero(rest);
            tail[line] = voxels - begin_[line];
        }
        for (int line = 0; line < brick::edge; ++line) finish(head_[line], tail[line], voxels, beyond);
    }

private:
    void end(int line, std::int64_t at, bool cut)
    {
        if (begin_[line] == 0)
            head_[line] = at;
        else if (cut)
            add_cut(at - begin_[line]);
        else
            ++chords_.whole[at - begin_[line]];
    }
    void add_cut(std::int64_t length)
    {
        chords_.cut += length > 0 ? 1 : 0;
        chords_.cut_voxels += length;
    }
    /// @param head, tail  lengths of the runs at the faces; a line without solid is a tail
    void finish(std::int64_t head, std::int64_t tail, std::int64_t voxels, Boundary beyond)
    {
        if (beyond == Boundary::periodic && tail < voxels) {
            if (head + tail > 0) ++chords_.whole[head + tail];
            return;
        }
        add_cut(head);
        add_cut(tail);
    }

    Chords& chords_;
    std::array<std::int64_t, brick::edge> begin_{};
    std::array<std::int64_t, brick::edge> head_{};
};

std::int64_t pairs(const std::uint16_t* here, const std::uint16_t* there, std::int64_t words)
{
    std::int64_t sum = 0;
    for (std::int64_t i = 0; i < words; i += words_at_once) {
        std::uint64_t a = 0, b = 0;
        std::memcpy(&a, here + i, sizeof a);
        std::memcpy(&b, there + i, sizeof b);
        sum += std::popcount(a & b);
    }
    return sum;
}

} // namespace

Lines::Lines(Axis axis, std::int64_t voxels)
    : axis_(axis), voxels_(voxels), stride_((voxels + brick::edge - 1) / brick::edge * brick::edge),
      words_(stride_ * brick::edge)
{
}

void Lines::clear() { std::fill(words_.begin(), words_.end(), 0); }

void Lines::put(const brick::Mask& mask, std::int64_t place)
{
    for (int sheet = 0; sheet < brick::edge; ++sheet) {
        Square square{};
        for (int i = 0; i < brick::edge; ++i)
            square[i] = axis_ == Axis::z ? mask.row[i * brick::edge + sheet] : mask.row[sheet * brick::edge + i];
        if (axis_ == Axis::x) square = transposed(square);
        std::copy(square.begin(), square.end(), words_.begin() + sheet * stride_ + place * brick::edge);
    }
}

Lines Lines::without(const Lines& other) const
{
    Lines rest(*this);
    for (std::size_t i = 0; i < words_.size(); ++i) rest.words_[i] &= ~other.words_[i];
    return rest;
}

std::int64_t Chords::whole_count() const { return std::accumulate(whole.begin(), whole.end(), std::int64_t{0}); }

std::int64_t Chords::whole_voxels() const
{
    std::int64_t sum = 0;
    for (std::int64_t length = 0; length < std::ssize(whole); ++length) sum += length * whole[length];
    return sum;
}

double Chords::mean() const
{
    const double voxels = whole_voxels();
    return voxels / std::max<std::int64_t>(whole_count(), 1);
}

void add_chords(const Lines& lines, const Lines& open, Boundary beyond, Chords& chords)
{
    for (int sheet = 0; sheet < brick::edge; ++sheet)
        ChordsOfSheet(chords).add(lines.sheet(sheet), open.sheet(sheet), beyond);
}

void add_pairs(const Lines& lines, Boundary beyond, std::span<std::int64_t> both)
{
    const std::int64_t voxels = lines.voxels(), lags = std::ssize(both);
    std::vector<std::uint16_t> here(voxels + words_at_once), there(voxels + lags + words_at_once);
    for (int sheet = 0; sheet < brick::edge; ++sheet) {
        const auto words = lines.sheet(sheet);
        std::copy(words.begin(), words.end(), here.begin());
        std::copy(words.begin(), words.end(), there.begin());
        if (beyond == Boundary::periodic) std::copy_n(words.begin(), lags, there.begin() + voxels);
        for (std::int64_t lag = 0; lag < lags; ++lag) both[lag] += pairs(here.data(), there.data() + lag, voxels);
    }
}

} // namespace lapilli::morphology
