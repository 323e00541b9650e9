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

/// Of an option whose value is empty. @throws Error with exit code 2
void require_value(const std::string& text);

/// What the value of an option is called in the help, and what a shell is offered for it when Tab is pressed.
struct Value {
    std::string name;
    std::string offer; ///< see `offer`

    Value(const char* of_name, std::string of_offer = "") : name(of_name), offer(std::move(of_offer)) {}
};

/// Says what a shell is offered for an option or an argument: a kind, then words.
///   words A B     one of them
///   list A B      some of them, with commas between
///   units A B     a number, and behind it one of them
///   endings A B   a name, and behind it one of them
///   files, folders, runs    what there is of them
void offer(CLI::Option& option, const std::string& what);
/// What has been said; of an option that has a FILE or a FOLDER these; else nothing.
std::string offer_of(const CLI::Option& option);

/// Options of one verb that stand under one heading of its help. Whatever `read` refuses is refused with the option's name.
class Group {
public:
    Group(CLI::App& command, std::string heading) : command_(command), heading_(std::move(heading)) {}

    /// An option with one value; given twice, it is refused.
    void add(const std::string& names, const Value& value, const std::string& help,
             const std::function<void(const std::string&)>& read) const;
    /// An option that may be repeated, one value each time; `read` gets all of them. Returned for conditions on it.
    CLI::Option* add_list(const std::string& names, const Value& value, const std::string& help,
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
