// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "cli/cli11.hpp"
#include "core/error.hpp"

#include <functional>
#include <string>
#include <vector>

namespace lapilli::cli {

/// The value of an option is refused; the sentence begins with the option's name.
class OptionError : public Error {
public:
    OptionError(const std::string& option, const Error& why) : Error(why.code(), option + ": " + why.what()) {}
};

/// Options of one verb that stand under one heading of its help. Whatever `read` refuses is refused with the option's name.
class Group {
public:
    Group(CLI::App& command, std::string heading) : command_(command), heading_(std::move(heading)) {}

    /// An option with one value; given twice, it is refused.
    void add(const std::string& names, const std::string& value, const std::string& help,
             const std::function<void(const std::string&)>& read) const;
    /// An option that may be repeated, one value each time; `read` gets all of them. Returned for conditions on it.
    CLI::Option* add_list(const std::string& names, const std::string& value, const std::string& help,
                          const std::function<void(const std::vector<std::string>&)>& read) const;
    void add_flag(const std::string& names, bool& flag, const std::string& help) const;

private:
    CLI::App& command_;
    std::string heading_;
};

/// The whole of `text` as a number; of one that need not be whole, the decimal point may be a comma. @throws Error with exit
/// code 2
template <class T>
T parse_number(const std::string& text);
/// A positive number that fits an int.
int parse_count(const std::string& text);

} // namespace lapilli::cli
