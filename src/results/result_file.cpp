// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "results/result_file.hpp"

#include "core/error.hpp"
#include "file/input_file.hpp"
#include "text/sentence.hpp"

#include <nlohmann/json.hpp>

#include <cstdint>

namespace lapilli::results {

namespace {

using nlohmann::json;

// 6 kB, 300 values and 7 levels are usual; an image of a million labels has 30 MB. What writes an object goes as deep as it.
constexpr std::int64_t most_bytes = 64'000'000;
constexpr int most_values = 4'000'000;
constexpr int most_objects = 2'000; // 100 are usual; at the end of each the parser looks through all that its parent has
constexpr int deepest = 64;
constexpr std::uint64_t known_schema = 1;

std::string text_in(const std::string& path)
{
    const file::InputFile file(path, "a result");
    if (file.size() > most_bytes)
        throw input_error("{} has {} bytes, but a result has at most {}; is it one?", path, text::grouped(file.size()),
                          text::grouped(most_bytes));
    std::string text(file.size(), '\0');
    file.read(0, std::as_writable_bytes(std::span(text)));
    return text;
}

json parse(const std::string& path, std::string_view text)
{
    int events = 0; // at most two for a value
    int objects = 0;
    const auto check = [&](int depth, json::parse_event_t event, const json&) {
        if (depth > deepest) throw input_error("{} is damaged: it is nested more than {} levels deep", path, deepest);
        const bool begins = event == json::parse_event_t::object_start;
        if (++events > 2 * most_values || (begins && ++objects > most_objects))
            throw input_error("{} has more values than a result can have; is it one?", path);
        return true;
    };
    try {
        return json::parse(text, check);
    } catch (const json::parse_error& error) {
        throw input_error("{} is damaged or cut off: it is no JSON from byte {} on", path, error.byte);
    } catch (const json::out_of_range&) {
        throw input_error("{} is damaged: one of its numbers is too large", path);
    }
}

/// The text at that place; empty where there is none.
std::string text_at(const json& object, const char* place)
{
    const Place at(place);
    return object.contains(at) && object[at].is_string() ? object[at].get<std::string>() : "";
}

} // namespace

ResultFile read_result(const std::string& path) { return parse_result(path, text_in(path)); }

ResultFile parse_result(const std::string& path, std::string_view text)
{
    ResultFile result{.path = path, .json = parse(path, text)};
    const json& object = result.json;
    const auto foreign = [&](const char* why) { return input_error("{} is not a result of lapilli: {}", path, why); };
    if (text_at(object, "/program/name") != "lapilli") throw foreign("it does not name the program");
    if (!object.contains("schema") || !object["schema"].is_number_unsigned()) throw foreign("it has no schema");
    if (const auto schema = object["schema"].get<std::uint64_t>(); schema != known_schema)
        throw input_error("{} has schema {}, but this program knows {}; use the program that wrote it", path, schema,
                          known_schema);
    for (const char* part : {"image", "result"})
        if (!object.contains(part) || !object[part].is_object()) throw foreign("it lacks the image or the result");
    const auto status = text_at(object, "/status");
    if (status != "done" && status != "not converged") // which has the best values so far, and says so
        throw input_error("{} is not the result of a finished run, whose status is 'done'; run it again", path);
    result.converged = status == "done";
    return result;
}

nlohmann::ordered_json read_in_order(const std::string& path) { return parse_in_order(path, text_in(path)); }

nlohmann::ordered_json parse_in_order(const std::string& path, std::string_view text)
{
    parse_result(path, text);        // which refuses what is none
    constexpr int most_keys = 5'000; // of all objects of one: each takes as many steps as there are before it
    using nlohmann::ordered_json;
    int keys = 0;
    const auto keep = [&](int depth, ordered_json::parse_event_t event, const ordered_json& value) {
        if (event != ordered_json::parse_event_t::key) return true;
        if (depth == 2 && value == "labels") return false; // of the image
        if (++keys > most_keys) throw input_error("{} has more keys than a result can have; is it one?", path);
        return true;
    };
    return ordered_json::parse(text, keep);
}

const json* find(const ResultFile& result, std::span<const Place> places)
{
    for (const auto& place : places)
        if (result.json.contains(place)) return &result.json.at(place);
    return nullptr;
}

} // namespace lapilli::results
