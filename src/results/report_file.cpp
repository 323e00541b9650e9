// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "results/report_file.hpp"

#include "core/error.hpp"
#include "file/atomic_file.hpp"
#include "file/input_file.hpp"
#include "report/html/page.hpp"
#include "results/field_pictures.hpp"
#include "results/picture_file.hpp"
#include "results/result_file.hpp"

#include <algorithm>
#include <filesystem>
#include <span>
#include <sstream>

namespace lapilli::results {

namespace {

namespace fs = std::filesystem;
using report::html::Json;

constexpr std::int64_t most_bytes_of_events = 16'000'000; // 100 kB are usual; of longer ones the end is read
constexpr std::int64_t bytes_of_head = 4096;

std::string end_of(const fs::path& path)
{
    const file::InputFile file(path.string(), "the progress of a run");
    const auto from = std::max<std::int64_t>(0, file.size() - most_bytes_of_events);
    std::string text(file.size() - from, '\0');
    file.read(from, std::as_writable_bytes(std::span(text)));
    return text;
}

/// The lines of progress.jsonl that are whole.
std::vector<Json> events_of(const fs::path& folder)
{
    std::vector<Json> events;
    const auto path = folder / "progress.jsonl";
    if (!fs::is_regular_file(path)) return events;
    std::istringstream lines(end_of(path));
    constexpr std::size_t longest = 65536;
    for (std::string line; std::getline(lines, line);) {
        if (line.size() > longest) continue;
        auto event = Json::parse(line, nullptr, false);
        if (event.is_object()) events.push_back(std::move(event));
    }
    return events;
}

/// "berea.raw.gz" of the path of the image; else the name of the folder.
std::string name_of(const report::html::Run& run, const fs::path& folder)
{
    const auto path = report::html::text_at(report::html::image_of(run), "/path");
    const auto name = fs::path(path.substr(0, path.find(":/"))).filename().string();
    if (!name.empty()) return name;
    const auto absolute = fs::absolute(folder).lexically_normal();
    return (absolute.has_filename() ? absolute : absolute.parent_path()).filename().string();
}

} // namespace

bool is_own_report(const std::string& path)
{
    std::error_code ignored;
    if (fs::is_regular_file(path, ignored) && fs::is_empty(path, ignored)) return true;
    try {
        const file::InputFile file(path, "a report");
        std::string head(std::min(file.size(), bytes_of_head), '\0');
        file.read(0, std::as_writable_bytes(std::span(head)));
        return head.find(report::html::page_mark) != std::string::npos;
    } catch (const Error&) {
        return false;
    }
}

std::string write_report(const std::string& folder, MissingPictures missing)
{
    const fs::path path(folder);
    if (!fs::is_directory(path))
        throw input_error("there is no folder {}; expected one that a run has written, e.g. rock.lapilli", folder);
    const auto target = (path / report_name).string();
    if (fs::exists(target) && !is_own_report(target))
        throw input_error("{} was not written by lapilli and would be lost; move it away", target);
    report::html::Run run{.events = events_of(path)};
    const auto result = (path / "result.json").string();
    if (fs::exists(result)) {
        try {
            run.result = read_in_order(result);
        } catch (const Error& error) {
            run.fault = error.what();
        }
    }
    if (run.events.empty() && run.result.is_null() && run.fault.empty())
        throw input_error("{} has neither a result.json nor a progress.jsonl; expected a folder that a run has written",
                          folder);
    const auto image = report::html::image_of(run);
    const auto boundary = report::html::text_at(run.result, "/result/porosity/boundary");
    run.pictures = read_pictures(folder, image, boundary);
    if (run.pictures.is_null() && missing == MissingPictures::of_fields)
        run.pictures = pictures_of_fields(folder, image, boundary);
    run.name = name_of(run, path);
    file::write_file(target, report::html::page(run));
    return target;
}

} // namespace lapilli::results
