// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// Template part of communicator.hpp.
#pragma once

#include "core/error.hpp"
#include "parallel/communicator.hpp"

#include <cstring>
#include <exception>

namespace lapilli::parallel {

namespace detail {

template <class T>
std::vector<T> from_bytes(const std::vector<std::byte>& bytes)
{
    static_assert(std::is_trivially_copyable_v<T>);
    std::vector<T> values(bytes.size() / sizeof(T));
    if (!values.empty()) std::memcpy(values.data(), bytes.data(), bytes.size());
    return values;
}

/// The code and the sentence of the exception being handled.
std::pair<int, std::string> describe_current_exception();

/// The same of what `work` throws; 0 where it throws nothing.
template <class Work>
std::pair<int, std::string> error_of(Work&& work)
{
    try {
        work();
    } catch (...) {
        return describe_current_exception();
    }
    return {};
}

} // namespace detail

template <class T>
std::vector<T> Communicator::gather_all(std::span<const T> mine) const
{
    return detail::from_bytes<T>(gather_all_bytes(std::as_bytes(mine)));
}

template <class T>
std::vector<std::vector<T>> Communicator::exchange_all(const std::vector<std::vector<T>>& outgoing) const
{
    std::vector<std::span<const std::byte>> bytes;
    for (const auto& values : outgoing) bytes.push_back(std::as_bytes(std::span<const T>(values)));
    std::vector<std::vector<T>> incoming;
    for (const auto& received : exchange_all_bytes(bytes)) incoming.push_back(detail::from_bytes<T>(received));
    return incoming;
}

template <class T>
void Communicator::broadcast(std::vector<T>& values) const
{
    const auto view = std::as_bytes(std::span<const T>(values));
    std::vector<std::byte> bytes(view.begin(), view.end());
    broadcast_bytes(bytes);
    values = detail::from_bytes<T>(bytes);
}

template <class T>
void Communicator::send(int to, std::span<const T> values) const
{
    send_bytes(to, std::as_bytes(values));
}

template <class T>
void Communicator::receive(int from, std::span<T> values) const
{
    receive_bytes(from, std::as_writable_bytes(values));
}

template <class Work>
std::string Communicator::on_root(Work&& work) const
{
    std::pair<int, std::string> error;
    std::string text;
    if (is_root()) error = detail::error_of([&] { text = work(); });
    agree(error.first, error.second);
    broadcast(text);
    return text;
}

template <class Work>
void Communicator::together(Work&& work) const
{
    const auto error = detail::error_of(work);
    agree(error.first, error.second);
}

} // namespace lapilli::parallel
