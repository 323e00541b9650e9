// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "results/network_files.hpp"
#include "results/table_files.hpp"
#include "serve/resources.hpp"

#include <algorithm>

namespace lapilli::serve {

namespace {

/// What this program writes into a result folder and people may want; nothing else of it is served.
const std::vector<const char*>& public_files()
{
    static const auto names = [] {
        std::vector<const char*> all{"result.json", "report.html", "progress.jsonl", "fields.h5", "fields.xdmf"};
        for (const auto& file : results::table_files()) all.push_back(file.name);
        for (const auto& file : results::network_files()) all.push_back(file.name);
        return all;
    }();
    return names;
}

std::string tag_of(const FileStamp& stamp) { return fmt::format("\"{:x}-{:x}\"", stamp.changed_ns, stamp.size); }

/// An open file whole, as it is now; ranges are cut later.
Answer file_answer(Descriptor file, const char* type)
{
    const auto stamp = *stamp_of(file.get());
    Answer answer{.type = type};
    answer.file = std::make_shared<FilePart>(FilePart{.file = std::move(file), .first = 0, .size = stamp.size});
    answer.heads.emplace_back("ETag", tag_of(stamp));
    return answer;
}

} // namespace

Answer show_result(const Call& call)
{
    const auto folder = call.folder();
    auto file = open_file_of(folder.get(), "result.json");
    if (!file) throw refusal(409, "the run {} has no result.json yet; its state says how far it is", call.id);
    if (stamp_of(file.get())->size > longest_result)
        throw refusal(422, "result.json has more than {} bytes, which no result has", longest_result);
    return file_answer(std::move(file), "application/json");
}

Answer list_files(const Call& call)
{
    const auto folder = call.folder();
    auto files = nlohmann::ordered_json::array();
    for (const auto* name : public_files())
        if (const auto stamp = stamp_in(folder.get(), name))
            files.push_back({{"name", name}, {"bytes", stamp->size}, {"changed", stamp->changed_s()}});
    const auto text = nlohmann::ordered_json{{"files", files}}.dump();
    return json_answer(text, serve::tag_of(text));
}

Answer give_file(const Call& call)
{
    const auto known = std::ranges::find_if(public_files(), [&](const char* name) { return call.name == name; });
    if (known == public_files().end()) throw refusal(404, "there is no such file; the list of files says which there are");
    const auto folder = call.folder();
    auto file = open_file_of(folder.get(), *known);
    if (!file) throw refusal(404, "the run {} has no {}", call.id, *known);
    auto answer = file_answer(std::move(file), "application/octet-stream");
    // both names are of letters that need no escape
    answer.heads.emplace_back("Content-Disposition", fmt::format("attachment; filename=\"{}.{}\"", call.id, *known));
    return answer;
}

/// The report has scripts of its own, and may be forged: it gets a sandbox, in which it is a page of nobody and may ask
/// nothing of the network.
Answer show_report(const Call& call)
{
    const auto folder = call.folder();
    auto file = open_file_of(folder.get(), "report.html");
    if (!file) throw refusal(404, "the run {} has no report.html; `lapilli report FOLDER` writes it", call.id);
    auto answer = file_answer(std::move(file), "text/html; charset=utf-8");
    answer.heads.emplace_back("Content-Security-Policy",
                              "sandbox allow-scripts allow-downloads; default-src 'none'; script-src 'unsafe-inline'; "
                              "style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; form-action 'none'; "
                              "frame-ancestors 'none'");
    return answer;
}

} // namespace lapilli::serve
