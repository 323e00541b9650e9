// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "collection/comparison.hpp"

#include "collection/comparison_rules.hpp"
#include "core/error.hpp"
#include "text/nearest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <set>

namespace lapilli::collection {

namespace {

using nlohmann::json;
using results::ResultFile;

constexpr double infinitely = std::numeric_limits<double>::infinity();

/// Null, or an object of nothing else.
bool is_nothing(const json& value)
{
    if (value.is_object()) return std::all_of(value.begin(), value.end(), is_nothing);
    return value.is_null();
}

bool same_bits(const json& a, const json& b)
{
    if (a.is_number_float() && b.is_number_float())
        return std::bit_cast<std::uint64_t>(a.get<double>()) == std::bit_cast<std::uint64_t>(b.get<double>());
    return a == b;
}

/// A number of a list, or what stands for one.
struct Entry {
    std::string place;
    const json* value;
};

/// The numbers in lists in lists; false where there is something else.
bool add_numbers(const json& value, const std::string& place, std::vector<Entry>& to)
{
    if (!value.is_array()) {
        to.push_back({place, &value});
        return value.is_number() || value.is_null();
    }
    bool all = true;
    for (std::size_t i = 0; i < value.size(); ++i) all = add_numbers(value[i], fmt::format("{}/{}", place, i), to) && all;
    return all;
}

double size_of(const Entry& entry) { return entry.value->is_number() ? std::abs(entry.value->get<double>()) : 0; }

double apart(const Entry& a, const Entry& b)
{
    if (!a.value->is_number() || !b.value->is_number()) return *a.value == *b.value ? 0 : infinitely;
    return std::abs(a.value->get<double>() - b.value->get<double>());
}

/// Whether the keys of a tolerance stand in a row in those of a value.
bool fits(const Tolerance& tolerance, const Keys& keys)
{
    const auto wanted = keys_of(tolerance.key);
    return tolerance.key.empty() || std::search(keys.begin(), keys.end(), wanted.begin(), wanted.end()) != keys.end();
}

/// Goes through two results side by side.
class Walk {
public:
    Walk(const ResultFile& a, const ResultFile& b, const ComparisonOptions& options)
        : a_(a.json), b_(b.json), options_(options), named_(options.tolerances.size(), false),
          another_sample_(at(at(a_, "image"), "digest") != at(at(b_, "image"), "digest"))
    {
        found_.bits = options.bits;
        found_.all = options.all;
        found_.a = a.path;
        found_.b = b.path;
    }

    void results()
    {
        found_.premises = image_differences(at(a_, "image"), at(b_, "image"));
        for (const auto& [result, which] : {std::pair(&a_, "A"), std::pair(&b_, "B")})
            if (at(*result, "status") != "done")
                found_.premises.push_back(fmt::format("{} has not converged: its values are the best so far", which));
        for (const char* part : {"summary", "result"}) visit(at(a_, part), at(b_, part), part);
        for (std::size_t i = 0; i < named_.size(); ++i)
            if (const auto& key = options_.tolerances[i].key; !key.empty() && !named_[i]) throw unknown(key);
        std::stable_partition(found_.differences.begin(), found_.differences.end(),
                              [](const auto& difference) { return difference.verdict == Verdict::apart; });
    }
    /// What is no result.
    void others()
    {
        aside_ = true;
        for (const char* part : {"status", "program", "image", "warnings", "timing", "memory", "run", "runs"})
            visit(at(a_, part), at(b_, part), part);
    }
    Comparison found() { return std::move(found_); }

private:
    void visit(const json& a, const json& b, const std::string& place);
    void value(const json& a, const json& b, const std::string& place);
    void numbers(const std::vector<Entry>& a, const std::vector<Entry>& b, const std::string& place);
    void add(Difference difference)
    {
        auto& to = difference.verdict == Verdict::aside ? found_.asides : found_.differences;
        to.push_back(std::move(difference));
    }
    void lacks(const std::string& place, bool in_a);
    void judge(Difference& difference, const Keys& keys);
    /// Where its error answers for it, or it is no result.
    bool is_aside(const Keys& keys) const { return aside_ || (!options_.bits && says_how(keys)); }
    const Tolerance* tolerance_of(const Keys& keys);
    Error unknown(const std::string& key) const;

    const json &a_, &b_;
    const ComparisonOptions& options_;
    std::vector<bool> named_; ///< whether a tolerance fits any value
    std::set<std::string> keys_;
    bool another_sample_;
    bool aside_ = false;
    Comparison found_;
};

Error Walk::unknown(const std::string& key) const
{
    const auto near = text::nearest(key, {keys_.begin(), keys_.end()});
    return input_error("--tolerance: no value that both results have is called '{}'; {}", key,
                       near.empty() ? "expected a key of result.json, e.g. tortuosity" : "did you mean " + near + "?");
}

/// Nothing where none fits; one that names the value comes before all that do not.
const Tolerance* Walk::tolerance_of(const Keys& keys)
{
    const Tolerance* last = nullptr;
    for (std::size_t i = 0; i < options_.tolerances.size(); ++i) {
        const auto& tolerance = options_.tolerances[i];
        if (!fits(tolerance, keys)) continue;
        named_[i] = true;
        if (last == nullptr || last->key.empty() || !tolerance.key.empty()) last = &tolerance;
    }
    return last;
}

void Walk::visit(const json& a, const json& b, const std::string& place)
{
    if (is_nothing(a) && is_nothing(b)) return;
    if (is_nothing(a) || is_nothing(b)) return lacks(place, is_nothing(b));
    const auto lists = [](const json& value) { return value.is_array() && !value.empty() && !value[0].is_number(); };
    if (a.is_object() && b.is_object()) {
        std::set<std::string> keys;
        for (const auto* object : {&a, &b})
            for (const auto& [key, value] : object->items()) keys.insert(key);
        for (const auto& key : keys) visit(at(a, key), at(b, key), place + "/" + key);
        return;
    }
    std::vector<Entry> entries;
    if (lists(a) && lists(b) && a.size() == b.size() && !add_numbers(a, place, entries)) { // of words or objects
        for (std::size_t i = 0; i < a.size(); ++i) visit(a[i], b[i], fmt::format("{}/{}", place, i));
        return;
    }
    value(a, b, place);
}

void Walk::lacks(const std::string& place, bool in_a)
{
    const auto keys = keys_of(place);
    tolerance_of(keys);
    if (!is_aside(keys)) return found_.missing.push_back({place, in_a});
    const json there = "there", nothing = "-";
    add({.place = place, .a = in_a ? there : nothing, .b = in_a ? nothing : there, .verdict = Verdict::aside});
}

void Walk::value(const json& a, const json& b, const std::string& place)
{
    const auto keys = keys_of(place);
    if (!aside_) tolerance_of(keys);
    for (const auto key : keys) keys_.emplace(key);
    std::vector<Entry> of_a, of_b;
    const bool both = add_numbers(a, place, of_a) && add_numbers(b, place, of_b);
    if (!aside_) found_.values += std::max<std::size_t>(of_a.size(), 1);
    if (both && of_a.size() == of_b.size()) return numbers(of_a, of_b, place);
    if (a == b) {
        found_.same += aside_ ? 0 : std::max<std::size_t>(of_a.size(), 1);
        return;
    }
    const bool word = a.is_string() && b.is_string();
    if (word && !aside_ && !says_how(keys)) { // a setting of the method
        const auto sentence = differs(place.substr(place.rfind('/') + 1), a, b);
        if (std::ranges::find(found_.premises, sentence) == found_.premises.end()) found_.premises.push_back(sentence);
        return;
    }
    Difference difference{.place = place, .a = a, .b = b};
    if (both) {
        difference.a = fmt::format("{} values", of_a.size());
        difference.b = fmt::format("{} values", of_b.size());
    }
    if (is_aside(keys)) difference.verdict = Verdict::aside;
    add(std::move(difference));
}

void Walk::numbers(const std::vector<Entry>& a, const std::vector<Entry>& b, const std::string& place)
{
    double scale = 0, farthest = -1;
    std::size_t differ = 0, at = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        scale = std::max({scale, size_of(a[i]), size_of(b[i])});
        if (collection::same_bits(*a[i].value, *b[i].value)) continue;
        ++differ;
        if (const double distance = apart(a[i], b[i]); distance > farthest) {
            farthest = distance;
            at = i;
        }
    }
    if (!aside_) found_.same += a.size() - differ;
    if (differ == 0) return;
    Difference difference{.place = a[at].place, .values = differ, .a = *a[at].value, .b = *b[at].value};
    if (std::isfinite(farthest)) {
        difference.absolute = farthest;
        difference.relative = farthest > 0 ? farthest / scale : 0;
    }
    judge(difference, keys_of(place));
    add(std::move(difference));
}

void Walk::judge(Difference& difference, const Keys& keys)
{
    const auto* tolerance = aside_ || options_.bits ? nullptr : tolerance_of(keys);
    const bool named = tolerance != nullptr && !tolerance->key.empty();
    if (is_aside(keys) && !named) {
        difference.verdict = Verdict::aside;
        return;
    }
    auto within = Verdict::within_tolerance;
    difference.allowed = 0;
    if (tolerance != nullptr) {
        difference.allowed = tolerance->relative;
    } else if (!options_.bits) {
        const auto of_a = stated_error(a_, keys, another_sample_), of_b = stated_error(b_, keys, another_sample_);
        difference.allowed = of_a.value_or(0) + of_b.value_or(0);
        within = Verdict::within_errors;
    }
    if (!options_.bits && difference.relative && *difference.relative <= difference.allowed) difference.verdict = within;
}

} // namespace

std::string name(Verdict verdict)
{
    switch (verdict) {
    case Verdict::within_errors:
        return "within errors";
    case Verdict::within_tolerance:
        return "within tolerance";
    case Verdict::aside:
        return "aside";
    case Verdict::apart:
        break;
    }
    return "apart";
}

bool Comparison::equal() const
{
    const bool within = std::ranges::find(differences, Verdict::apart, &Difference::verdict) == differences.end();
    return within && missing.empty() && (!bits || same_bits());
}

Comparison compare(const ResultFile& a, const ResultFile& b, const ComparisonOptions& options)
{
    Walk walk(a, b, options);
    walk.results();
    if (options.all) walk.others();
    return walk.found();
}

} // namespace lapilli::collection
