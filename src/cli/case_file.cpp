// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/case_file.hpp"

#include "cli/option.hpp"
#include "core/error.hpp"
#include "text/nearest.hpp"
#include "text/sentence.hpp"
#include "text/system_error.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#define TOML_HEADER_ONLY 1 // no library to be there where the program runs
#define TOML_ENABLE_FORMATTERS 0
// toml++ 3.3 asserts what some damaged files break, which it refuses in order a few lines on
#define TOML_ASSERT(expr) static_assert(true)
#include <toml++/toml.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>

namespace lapilli::cli {

namespace {

namespace fs = std::filesystem;

constexpr const char* argument = "CASE";
constexpr const char* ending = ".toml";

std::string place_of(const CaseFile& file, const toml::source_position& at)
{
    return fmt::format("{}:{}:{}", file.path, at.line, at.column);
}

/// Key and value, and what the errors about them say first.
struct Entry {
    std::string key;
    const toml::node* value;
    std::string key_place;
    std::string place;
};

/// In the order of the file, which the parser does not keep.
std::vector<Entry> entries_of(const CaseFile& file, const toml::table& table)
{
    std::vector<std::pair<toml::source_position, Entry>> found;
    for (const auto& [key, value] : table)
        found.push_back({key.source().begin, Entry{.key = std::string(key.str()),
                                                   .value = &value,
                                                   .key_place = place_of(file, key.source().begin),
                                                   .place = place_of(file, value.source().begin)}});
    std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<Entry> entries;
    for (auto& [at, entry] : found) entries.push_back(std::move(entry));
    return entries;
}

Error wrong_kind(const Entry& entry, const std::string& expected)
{
    return input_error("{}: {}: the value is of a kind that cannot be used here; expected {}", entry.place, entry.key,
                       expected);
}

std::string words_of(const toml::array& list, const char* separator, const Entry& entry);
std::vector<std::string> assignments(const toml::table& table, const Entry& entry);

/// A value as it is typed. `separator` joins the elements of a list.
std::string word_of(const toml::node& value, const char* separator, const Entry& entry)
{
    if (const auto* text = value.as_string()) return text->get();
    if (const auto* number = value.as_integer()) return fmt::format("{}", number->get());
    if (const auto* number = value.as_floating_point()) return fmt::format("{}", number->get());
    if (const auto* list = value.as_array()) return words_of(*list, separator, entry);
    if (const auto* table = value.as_table()) return fmt::format("{}", fmt::join(assignments(*table, entry), ","));
    throw wrong_kind(entry, "a text, a number, or a list of them");
}

std::string words_of(const toml::array& list, const char* separator, const Entry& entry)
{
    std::string words;
    for (const auto& element : list) {
        if (!words.empty()) words += separator;
        words += word_of(element, ":", entry);
    }
    return words;
}

/// {nx = 400, ny = 300} as "nx=400" and "ny=300", {threshold = [80, 90]} as "threshold=80,90".
std::vector<std::string> assignments(const toml::table& table, const Entry& entry)
{
    std::vector<std::string> all;
    for (const auto& [key, value] : table) all.push_back(fmt::format("{}={}", key.str(), word_of(value, ",", entry)));
    return all;
}

/// The values of an option that may be repeated.
std::vector<std::string> repeated(const toml::node& value, const Entry& entry)
{
    if (const auto* table = value.as_table()) return assignments(*table, entry);
    std::vector<std::string> words;
    if (const auto* list = value.as_array()) {
        for (const auto& element : *list) words.push_back(word_of(element, ",", entry));
        return words;
    }
    return {word_of(value, ",", entry)};
}

/// What a person would type for the option; several if it is repeated.
std::vector<std::string> values_of(const CLI::Option& option, const CaseFile& file, const Entry& entry)
{
    const bool is_flag = option.get_items_expected_max() == 0;
    if (is_flag) {
        if (const auto* flag = entry.value->as_boolean()) return {flag->get() ? "true" : "false"};
        throw wrong_kind(entry, "true or false");
    }
    const bool is_file = option.get_positional();
    if (is_file) {
        const auto* name = entry.value->as_string();
        if (name == nullptr) throw wrong_kind(entry, "the name of a file");
        return {name->get().empty() ? "" : (fs::path(file.path).parent_path() / name->get()).string()};
    }
    if (option.get_multi_option_policy() == CLI::MultiOptionPolicy::TakeAll) return repeated(*entry.value, entry);
    return {word_of(*entry.value, ",", entry)};
}

/// The option whose long name is `key`; help and version are not for files.
CLI::Option& option_of(CLI::App& command, const Entry& entry)
{
    std::vector<std::string> keys;
    for (auto* option : command.get_options({})) {
        if (option == command.get_help_ptr()) continue;
        for (const auto& name : option->get_lnames()) {
            if (name == entry.key) return *option;
            keys.push_back(name);
        }
    }
    const std::string near = text::nearest(entry.key, keys);
    throw input_error("{}: there is no key '{}' for {}; {}", entry.key_place, entry.key, command.get_name(),
                      near.empty() ? fmt::format("expected one of {}", fmt::join(keys, ", "))
                                   : fmt::format("did you mean {}?", near));
}

/// The option's refusal, with the place of the value instead of dashes.
Error located(const OptionError& error, const Entry& entry)
{
    const std::string_view dashes = "--";
    return {error.code(), entry.place + ": " + std::string(error.what()).substr(dashes.size())};
}

void apply_entry(const Entry& entry, const CaseFile& file, CLI::App& command)
{
    auto& option = option_of(command, entry);
    const auto values = values_of(option, file, entry);
    if (std::find(values.begin(), values.end(), "") != values.end())
        throw input_error("{}: {}: the value is empty; give one, or leave the key out", entry.place, entry.key);
    if (values.empty() || option.count() > 0) return; // nothing is in the list, or something was typed
    option.add_result(values);
    try {
        option.run_callback();
    } catch (const OptionError& error) {
        throw located(error, entry);
    }
}

} // namespace

void add_case_argument(CLI::App& command)
{
    command.validate_positionals(); // a word that is no case file is for the next argument
    auto* file = command.add_option(
        argument, "case file, e.g. case.toml: its keys are the names of the options below, which override it");
    file->type_name("")->group("Image")->check(
        [](const std::string& word) { return std::string(word.ends_with(ending) ? "" : "not a case file"); });
    offer(*file, "files");
}

std::string case_argument(const CLI::App& command)
{
    const auto* option = command.get_option_no_throw(argument);
    return option != nullptr && option->count() > 0 ? option->results().front() : "";
}

CaseFile read_case_file(const std::string& path)
{
    std::error_code error;
    const auto status = fs::status(path, error);
    if (error) throw text::system_error("read", path, error.value());
    if (fs::is_directory(status)) throw input_error("{} is a folder, but a case file is expected; name a file in it", path);
    if (!fs::is_regular_file(status))
        throw input_error("{} is a device or a pipe, but a case file is expected; copy it to a file first", path);
    constexpr std::uintmax_t most = 1 << 20;
    const auto size = fs::file_size(path, error);
    if (error) throw text::system_error("read", path, error.value());
    if (size > most)
        throw input_error("{} has {} bytes, but a case file has at most {}; is it one?", path, text::grouped(size),
                          text::grouped(most));
    errno = 0;
    std::ifstream stream(path, std::ios::binary);
    std::string text(size, '\0');
    if (!stream || !stream.read(text.data(), size)) throw text::system_error("read", path, errno == 0 ? EIO : errno);
    return {path, text};
}

void apply(const CaseFile& file, CLI::App& command)
{
    toml::table table;
    try {
        table = toml::parse(std::string_view(file.text));
    } catch (const toml::parse_error& error) {
        throw input_error("{}: this is not TOML: {}; correct it there", place_of(file, error.source().begin),
                          error.description());
    }
    for (const auto& entry : entries_of(file, table)) apply_entry(entry, file, command);
}

} // namespace lapilli::cli
