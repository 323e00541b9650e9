// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "serve/resources.hpp"

#include "text/words.hpp"

namespace lapilli::serve {

namespace {

constexpr const char* a_whole = R"({"type":"integer","minimum":0})";
constexpr const char* a_number = R"({"type":"number"})";
constexpr const char* a_text = R"({"type":"string"})";
constexpr const char* an_axis = R"({"type":"string","enum":["x","y","z"],"default":"z"})";
constexpr const char* json_type = "application/json";

std::vector<Parameter> of_plane()
{
    return {{"field", a_text, "its name in the list of fields"},
            {"axis", an_axis, "the plane lies across this axis"},
            {"index", a_whole, "which voxel along the axis; the middle one where nothing is said"},
            {"component", R"({"type":"string","enum":["length","x","y","z"],"default":"length"})", "of a vector"},
            {"size", R"({"type":"integer","minimum":16,"maximum":2048,"default":400})",
             "longest edge; of a larger plane every second voxel, or third, … is shown"}};
}

std::vector<Parameter> of_picture()
{
    auto query = of_plane();
    query.insert(
        query.end(),
        {{"colours", R"({"type":"string","enum":["viridis","inferno"],"default":"viridis"})", "table of colours"},
         {"lo", a_number, "value of the first colour; the field's least where nothing is said"},
         {"hi", a_number, "value of the last colour"},
         {"log", R"({"type":"string","enum":["0","1"],"default":"0"})", "1: equal steps of colour are equal ratios"},
         {"v", a_text, "any word: the answer may then be kept for ever"}});
    return query;
}

std::vector<Resource> all_resources()
{
    return {
        {"/", "the list of runs", nullptr, {}, page_of_runs},
        {"/runs/{id}", "a run", nullptr, {}, page_of_run},
        {"/runs/{id}/measured", "the part of that page that shows a result", nullptr, {}, part_of_run},
        {"/runs/{id}/report.html", "its report", nullptr, {}, show_report},
        {"/compare", "runs beside each other", nullptr, {}, page_of_comparison},
        {"/api", "the contract, to be read", nullptr, {}, page_of_contract},
        {"/static/{name}", "styles and scripts", nullptr, {{"v", a_text, "digest"}}, give_static},
        {"/openapi.json", "this contract", json_type, {}, show_contract},
        {"/api/v1/runs",
         "Runs, with the numbers to quote: {now, runs: […], count, states, next}.",
         json_type,
         {{"after", a_text, "the `next` of the list before this one"},
          {"limit", R"({"type":"integer","minimum":1,"maximum":1000,"default":200})", "at most so many"},
          {"state", a_text, "only runs of this state: running, silent, done, not converged, stopped, failed, damaged"},
          {"find", a_text, "only runs that have these letters in their name or digest"},
          {"sort",
           R"({"type":"string","enum":["started","name","state","voxels","porosity","diffusivity","permeability","seconds"],"default":"started"})",
           "by what they are sorted"},
          {"order", R"({"type":"string","enum":["down","up"],"default":"down"})", "largest first, or last"},
          {"axis", an_axis, "of the diffusivity or permeability by which they are sorted"}},
         list_runs},
        {"/api/v1/runs/{id}", "result.json as it is. 409: there is none yet.", json_type, {}, show_result},
        {"/api/v1/runs/{id}/numbers",
         "All numbers of the result, in groups, with their names, units and what they are: of the image or along x, y, z. "
         "409: "
         "there are none yet.",
         json_type,
         {},
         list_numbers},
        {"/api/v1/runs/{id}/state", "What the run does now: its row of the list, with its plan.", json_type, {}, show_state},
        {"/api/v1/runs/{id}/progress",
         "Lines of progress.jsonl from a byte on, at most 256 kB, to the end of a line; the head X-Next-From says where to "
         "go on. "
         "416: the file is shorter, since another run has taken the folder; begin at 0.",
         "application/x-ndjson",
         {{"from", a_whole, "first byte"}},
         show_progress},
        {"/api/v1/runs/{id}/fields",
         "Names, units, shapes, least and largest values of the fields in fields.h5.",
         json_type,
         {},
         list_fields},
        {"/api/v1/runs/{id}/slice",
         "A plane of a field as a picture of 49 colours, of which the first is see-through: no pores. The head X-Scale has "
         "the values of the first and "
         "the last colour.",
         "image/png", of_picture(), show_slice},
        {"/api/v1/runs/{id}/values",
         "The same plane as numbers: float32, little-endian, row by row; NaN where there are no pores. X-Shape has rows and "
         "columns.",
         "application/octet-stream", of_plane(), show_values},
        {"/api/v1/runs/{id}/volume",
         "Shares of pores in cubes, for a view in three dimensions: a grey picture whose tiles are planes of z. X-Volume "
         "has nx, ny, nz, tiles beside "
         "each other, and voxels along the edge of a cube.",
         "image/png",
         {{"size", R"({"type":"integer","minimum":8,"maximum":128,"default":128})",
           "cubes along the longest edge, at most"}},
         show_volume},
        {"/api/v1/runs/{id}/files", "Files of the run that can be had, with their sizes.", json_type, {}, list_files},
        {"/api/v1/runs/{id}/files/{name}",
         "One of them, also in ranges of bytes.",
         "application/octet-stream",
         {},
         give_file},
        {"/api/v1/compare",
         "Two quantities of many runs with their intervals, and of the formation factor against the porosity Archie's "
         "exponent with its error.",
         json_type,
         {{"y", R"({"type":"string","enum":["permeability","diffusivity","formation_factor"],"default":"permeability"})",
           "upwards"},
          {"axis", an_axis, "along which"},
          {"ids", a_text, "runs, with commas between; all where nothing is said"}},
         compare_runs},
    };
}

/// Whether the parts of a path are those of the resource; what stands for {id} and {name} goes into the call.
bool matches(const Resource& resource, const std::vector<std::string>& parts, Call& call)
{
    std::string_view path = resource.path;
    path.remove_prefix(1);
    const auto wanted = path.empty() ? std::vector<std::string_view>() : text::split(path, '/');
    if (wanted.size() != parts.size()) return false;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (wanted[i] == "{id}")
            call.id = parts[i];
        else if (wanted[i] == "{name}")
            call.name = parts[i];
        else if (wanted[i] != parts[i])
            return false;
    }
    return true;
}

} // namespace

std::span<const Resource> resources()
{
    static const auto all = all_resources();
    return all;
}

Answer route(Site& site, const Request& request)
{
    for (const auto& resource : resources()) {
        Call call{.site = site, .request = request, .query = Query(request.target.query), .id = {}, .name = {}};
        if (!matches(resource, request.target.parts, call)) continue;
        if (resource.type) {
            std::vector<std::string_view> keys;
            for (const auto& parameter : resource.query) keys.emplace_back(parameter.name);
            call.query.allow(keys);
        }
        return resource.answer(call);
    }
    throw refusal(404, "there is no such page; /api has a list of those for programs");
}

} // namespace lapilli::serve
