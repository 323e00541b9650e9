// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/sweep_cases.hpp"

#include "core/error.hpp"
#include "text/natural_order.hpp"
#include "text/shell.hpp"
#include "text/words.hpp"

#include <fmt/format.h>

#include <glob.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <set>

namespace lapilli::cli {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_cases = 10'000;
constexpr std::size_t longest_name = 200; // of a folder [bytes]; 255 are possible

Error wrong_vary(const std::string& text)
{
    return input_error("'{}' is not KEY=VALUES; expected an option and its values, e.g. threshold=80,90, or "
                       "threshold=80:120:10 (first, last, step)",
                       text);
}

/// "80:120:10" as 80, 90, ... 120; anything else as it is.
void add_values(const std::string& text, std::vector<std::string>& to)
{
    const auto parts = text::split(text, ':');
    std::vector<double> numbers;
    for (const auto part : parts)
        if (const auto number = text::number<double>(part)) numbers.push_back(*number);
    if (parts.size() != 3 || numbers.size() != 3) return to.push_back(text);
    const double first = numbers[0], step = numbers[2], steps = std::floor((numbers[1] - first) / step + 1e-9);
    if (!(steps >= 0)) throw input_error("'{}' is no range; expected first:last:step, e.g. 80:120:10", text);
    if (steps >= double{most_cases}) throw input_error("'{}' has more than {} values; expected fewer", text, most_cases);
    for (double i = 0; i <= steps; ++i) to.push_back(fmt::format("{:.12g}", first + i * step));
}

/// What is varied, and the values as they were typed.
struct Typed {
    Varied varied;
    std::string values;
};

Typed parse(const std::string& text)
{
    const auto cut = text.find('=');
    if (cut == std::string::npos || cut == 0 || cut + 1 == text.size()) throw wrong_vary(text);
    Typed typed{.varied = {.option = text.substr(0, cut), .prefix = {}, .values = {}}, .values = text.substr(cut + 1)};
    const auto first = typed.values.substr(0, typed.values.find(','));
    typed.varied.prefix = first.substr(0, first.rfind('=') + 1); // none: npos + 1
    return typed;
}

/// The name of a file without folder and ending; an HDF5 file with the name of the dataset.
std::string stem_of(const std::string& image)
{
    const auto dataset = image.find(":/");
    const fs::path path(image.substr(0, dataset));
    const auto name = path.has_filename() ? path.filename() : path.parent_path().filename();
    return name.stem().string() + (dataset == std::string::npos ? "" : image.substr(dataset));
}

/// A part of the name of a folder that any file system takes.
std::string folder_word(std::string text)
{
    for (char& c : text) {
        const bool ordinary = std::isalnum(static_cast<unsigned char>(c)) != 0 || (c & 0x80) != 0;
        if (!ordinary && std::string_view("._+=,- ").find(c) == std::string_view::npos) c = '-';
    }
    return text;
}

void add_option(const std::string& name, const std::string& value, std::vector<std::string>& to)
{
    if (value.starts_with('-')) return to.push_back("--" + name + "=" + value); // else it is taken for an option
    to.push_back("--" + name);
    if (!value.empty()) to.push_back(value);
}

/// @param values  of the varied options
Case case_of(const Sweep& sweep, const std::string& image, const std::vector<std::string>& values)
{
    const bool many = sweep.images.size() > 1;
    Case one;
    one.words = {sweep.verb};
    one.words.push_back(image.starts_with('-') ? "--image=" + image : image);
    if (many) one.values.push_back(image);
    if (many || sweep.varied.empty()) one.name = folder_word(stem_of(image));
    const auto is_varied = [&](const auto& option) {
        return std::ranges::any_of(sweep.varied, [&](const Varied& varied) {
            return varied.option == option.first && option.second.starts_with(varied.prefix);
        });
    };
    for (const auto& option : sweep.options)
        if (!is_varied(option)) add_option(option.first, option.second, one.words);
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto& varied = sweep.varied[i];
        one.values.push_back(values[i]);
        one.name += fmt::format("{}{}={}", one.name.empty() ? "" : ",", folder_word(varied.name()), folder_word(values[i]));
        if (varied.flag)
            one.words.push_back("--" + varied.option + "=" + values[i]);
        else
            add_option(varied.option, varied.prefix + values[i], one.words);
    }
    return one;
}

/// The cases of one image: each value of an option with each of those behind it.
void add_cases(const Sweep& sweep, const std::string& image, std::vector<std::string>& values, std::vector<Case>& to)
{
    if (values.size() == sweep.varied.size()) return to.push_back(case_of(sweep, image, values));
    for (const auto& value : sweep.varied[values.size()].values) {
        values.push_back(value);
        add_cases(sweep, image, values, to);
        values.pop_back();
    }
}

/// Gives each its folder; names that are taken, or too long, end with a number.
void name_folders(const std::string& folder, std::vector<Case>& cases)
{
    std::map<std::string, int> taken;
    for (auto& one : cases) {
        const bool too_long = one.name.size() > longest_name;
        if (too_long) one.name.resize(longest_name);
        const auto before = taken[one.name]++;
        if (before > 0 || too_long) one.name += fmt::format("-{}", before + 1);
        one.folder = (fs::path(folder) / one.name).string();
        add_option("out", one.folder, one.words);
    }
}

} // namespace

std::vector<Varied> parse_varied(const std::vector<std::string>& texts)
{
    std::vector<Typed> all;
    std::map<std::string, int> times;
    for (const auto& text : texts) {
        all.push_back(parse(text));
        ++times[all.back().varied.name()];
    }
    std::vector<Varied> found;
    for (auto& [varied, values] : all) {
        auto at = std::ranges::find(found, varied.name(), &Varied::name);
        if (at == found.end()) at = found.insert(at, varied);
        std::vector<std::string> parts{values};
        if (times[varied.name()] == 1) {
            parts.clear();
            for (const auto part : text::split(values, ',')) parts.emplace_back(part);
        }
        for (const auto& part : parts) {
            const auto value = part.starts_with(varied.prefix) ? part.substr(varied.prefix.size()) : part;
            if (value.empty()) throw wrong_vary(varied.option + "=" + values);
            add_values(value, at->values);
        }
    }
    return found;
}

std::vector<std::string> images_of(const std::vector<std::string>& words)
{
    std::vector<std::string> images;
    std::set<std::string> seen;
    const auto add = [&](const std::string& image) {
        std::error_code error;
        const auto real = fs::canonical(image, error).string();
        if (seen.insert(error ? image : real).second) images.push_back(image);
    };
    for (const auto& word : words) {
        std::error_code ignored;
        if (word.find_first_of("*?[") == std::string::npos || fs::exists(word, ignored)) {
            add(word);
            continue;
        }
        glob_t found{};
        const int failed = ::glob(word.c_str(), 0, nullptr, &found);
        std::vector<std::string> files(found.gl_pathv, found.gl_pathv + (failed == 0 ? found.gl_pathc : 0));
        globfree(&found);
        if (files.empty()) throw input_error("no file fits {}; expected images; check the pattern and its folder", word);
        std::ranges::sort(files, text::natural_less);
        for (const auto& file : files) add(file);
    }
    return images;
}

std::string Case::command() const
{
    std::string command = "lapilli";
    for (const auto& word : words) command += " " + text::quoted_for_shell(word);
    return command;
}

std::vector<std::string> varied_names(const Sweep& sweep)
{
    std::vector<std::string> names;
    if (sweep.images.size() > 1) names.emplace_back("image");
    for (const auto& varied : sweep.varied) names.push_back(varied.name());
    return names;
}

std::vector<Case> cases_of(const Sweep& sweep)
{
    double count = sweep.images.size();
    for (const auto& varied : sweep.varied) count *= varied.values.size();
    if (count > double{most_cases})
        throw input_error("the sweep has {:.0f} cases; expected at most {}; make several of it", count, most_cases);
    std::vector<Case> cases;
    std::vector<std::string> values;
    for (const auto& image : sweep.images) add_cases(sweep, image, values, cases);
    std::set<std::vector<std::string>> seen;
    std::erase_if(cases, [&](const Case& one) { return !seen.insert(one.words).second; });
    name_folders(sweep.folder, cases);
    return cases;
}

} // namespace lapilli::cli
