// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "serve/page.hpp"
#include "serve/resources.hpp"
#include "version.hpp"

namespace lapilli::serve {

namespace {

using nlohmann::ordered_json;

ordered_json parameters_of(const Resource& resource)
{
    auto all = ordered_json::array();
    const std::string path = resource.path;
    for (const auto* name : {"id", "name"})
        if (path.find("{" + std::string(name) + "}") != std::string::npos)
            all.push_back(
                {{"name", name},
                 {"in", "path"},
                 {"required", true},
                 {"description", *name == 'i' ? "of a run: its folder below DIR, with ~ for /" : "of a file, as listed"},
                 {"schema", {{"type", "string"}}}});
    for (const auto& parameter : resource.query)
        all.push_back({{"name", parameter.name},
                       {"in", "query"},
                       {"description", parameter.help},
                       {"schema", ordered_json::parse(parameter.schema)}});
    return all;
}

ordered_json operation_of(const Resource& resource)
{
    const ordered_json error{{"description", "one sentence: what happened, what was expected, what to do"},
                             {"content", {{"application/json", {{"schema", {{"$ref", "#/components/schemas/Error"}}}}}}}};
    ordered_json operation{{"summary", resource.help}};
    if (auto parameters = parameters_of(resource); !parameters.empty()) operation["parameters"] = std::move(parameters);
    operation["responses"] = {
        {"200", {{"description", "as the summary says"}, {"content", {{resource.type, ordered_json::object()}}}}},
        {"default", error}};
    return operation;
}

ordered_json contract()
{
    ordered_json all{
        {"openapi", "3.1.0"},
        {"info",
         {{"title", "lapilli serve"},
          {"version", version},
          {"description", "Results of lapilli, to be read. Only GET and HEAD are answered; answers have an ETag."}}}};
    for (const auto& resource : resources())
        if (resource.type) all["paths"][resource.path]["get"] = operation_of(resource);
    all["components"]["schemas"]["Error"] = {
        {"type", "object"}, {"required", {"error"}}, {"properties", {{"error", {{"type", "string"}}}}}};
    return all;
}

std::string line_of(const Parameter& parameter)
{
    const auto schema = ordered_json::parse(parameter.schema);
    auto range = schema.contains("enum") ? schema["enum"].dump() : schema["type"].get<std::string>();
    if (schema.contains("default")) range += ", " + schema["default"].dump() + " unless said";
    return fmt::format("<tr><th scope=\"row\"><code>{}</code></th><td>{}</td><td class=\"quiet\">{}</td></tr>\n",
                       parameter.name, escaped(parameter.help), escaped(range));
}

std::string section_of(const Resource& resource)
{
    auto text =
        fmt::format("<section><header><h2><code>{}</code></h2><p>{}</p></header>\n", resource.path, escaped(resource.help));
    if (!resource.query.empty()) {
        text += "<div class=\"scroll\" tabindex=\"0\"><table><thead><tr><th scope=\"col\">Key</th><th "
                "scope=\"col\">Is</th><th scope=\"col\">Takes</th></tr></thead><tbody>\n";
        for (const auto& parameter : resource.query) text += line_of(parameter);
        text += "</tbody></table></div>\n";
    }
    return text + fmt::format("<p class=\"small quiet\">Gives {}.</p></section>\n", resource.type);
}

} // namespace

Answer show_contract(const Call&)
{
    static const auto text = shared_text(contract().dump(1) + "\n");
    Answer answer;
    answer.text = text;
    answer.heads.emplace_back("ETag", tag_of(*text));
    return answer;
}

Answer page_of_contract(const Call&)
{
    std::string body =
        "<section><header><h1>API</h1><p>All that these pages show, for programs: the same paths, over GET. "
        "<a href=\"/openapi.json\">openapi.json</a> says it for generators of clients.</p></header>"
        "<pre>curl -s HOST/api/v1/runs?state=done | jq '.runs[] | [.id, .permeability.z.value]'</pre></section>\n";
    for (const auto& resource : resources())
        if (resource.type) body += section_of(resource);
    return page_answer({.title = "API", .here = "/api", .body = body, .script = "site.js"});
}

} // namespace lapilli::serve
