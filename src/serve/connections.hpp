// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "serve/address_range.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace lapilli::serve {

/// Counts the connections that are open, in all and of each address, so that none takes them from the others. Of one thread.
class Connections {
public:
    static constexpr std::size_t most = 1024, most_of_one = 64;

    explicit Connections(std::vector<AddressRange> trusted) : trusted_(std::move(trusted)) {}

    /// One that is counted as long as the seat lives.
    class Seat {
    public:
        Seat(Connections& of, std::string address) : of_(&of), address_(std::move(address)) { of_->enter(address_); }
        ~Seat()
        {
            if (of_) of_->leave(address_);
        }
        Seat(Seat&& other) noexcept : of_(std::exchange(other.of_, nullptr)), address_(std::move(other.address_)) {}
        Seat& operator=(Seat&&) = delete;
        Seat(const Seat&) = delete;
        Seat& operator=(const Seat&) = delete;

    private:
        Connections* of_;
        std::string address_;
    };

    /// Nothing where there are too many.
    std::optional<Seat> seat(const std::string& address)
    {
        const auto found = of_.find(address);
        const bool many = found != of_.end() && found->second >= most_of_one && !trusts(address);
        if (open_ >= most || many) return std::nullopt;
        return std::optional<Seat>(std::in_place, *this, address);
    }
    std::size_t open() const { return open_; }

private:
    bool trusts(const std::string& address) const
    {
        return std::any_of(trusted_.begin(), trusted_.end(), [&](const auto& range) { return range.contains(address); });
    }
    void enter(const std::string& address)
    {
        ++open_;
        ++of_[address];
    }
    void leave(const std::string& address)
    {
        --open_;
        if (--of_[address] == 0) of_.erase(address);
    }

    std::vector<AddressRange> trusted_;
    std::map<std::string, std::size_t> of_;
    std::size_t open_ = 0;
};

} // namespace lapilli::serve
