// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/option.hpp"

#include "text/units.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <charconv>
#include <type_traits>

namespace lapilli::cli {

namespace {

/// Runs `read`; its refusal is thrown as that of the option.
template <class Read, class Value>
void read_option(const std::string& names, const Read& read, const Value& value)
{
    try {
        if constexpr (std::is_same_v<Value, std::string>)
            require_value(value);
        else
            std::ranges::for_each(value, require_value);
        read(value);
    } catch (const Error& error) {
        throw OptionError(names.substr(names.rfind(',') + 1), error);
    }
}

constexpr const char* offer_name = "offer";

} // namespace

void require_value(const std::string& text)
{
    if (text.empty()) throw input_error("'' is no value; give one as --help says, or leave the option away");
}

void offer(CLI::Option& option, const std::string& what)
{
    if (what.empty()) return;
    // All that an option of CLI11 can carry besides what is its own: a check that is switched off.
    option.check(CLI::Validator(what).active(false), offer_name);
}

std::string offer_of(const CLI::Option& option)
{
    try {
        auto carrier = *const_cast<CLI::Option&>(option).get_validator(offer_name);
        return carrier.active().get_description();
    } catch (const CLI::OptionNotFound&) {
        if (option.get_type_name() == "FILE") return "files";
        return option.get_type_name() == "FOLDER" ? "folders" : "";
    }
}

void Group::add(const std::string& names, const Value& value, const std::string& help,
                const std::function<void(const std::string&)>& read) const
{
    auto* option = command_.add_option_function<std::string>(
        names, [=](const std::string& text) { read_option(names, read, text); }, help);
    option->type_name(value.name)->group(heading_);
    offer(*option, value.offer);
}

CLI::Option* Group::add_list(const std::string& names, const Value& value, const std::string& help,
                             const std::function<void(const std::vector<std::string>&)>& read) const
{
    auto* option = command_.add_option_function<std::vector<std::string>>(
        names, [=](const std::vector<std::string>& texts) { read_option(names, read, texts); }, help);
    offer(*option, value.offer);
    return option->type_name(value.name)
        ->group(heading_)
        ->expected(1)
        ->allow_extra_args(false)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

void Group::add_flag(const std::string& names, bool& flag, const std::string& help) const
{
    command_.add_flag(names, flag, help)->group(heading_);
}

template <class T>
T parse_number(const std::string& text)
{
    const std::string words = std::is_integral_v<T> ? text : text::with_decimal_point(text);
    T value{};
    const auto [end, error] = std::from_chars(words.data(), words.data() + words.size(), value);
    if (error != std::errc{} || end != words.data() + words.size())
        throw input_error("'{}' is not a{} number that can be used here; expected one such as {}", text,
                          std::is_integral_v<T> ? " whole" : "", std::is_integral_v<T> ? "8" : "0.5");
    return value;
}

template double parse_number<double>(const std::string& text);
template int parse_number<int>(const std::string& text);

int parse_count(const std::string& text)
{
    const int count = parse_number<int>(text);
    if (count < 1) throw input_error("{} is too small; expected a whole number above 0", text);
    return count;
}

} // namespace lapilli::cli
