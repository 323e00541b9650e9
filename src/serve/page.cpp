// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "serve/page.hpp"

#include "serve/resources.hpp"
#include "version.hpp"
#include "web/files.hpp"

#include <array>
#include <unistd.h>

namespace lapilli::serve {

namespace {

constexpr const char* policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
constexpr const char* mark =
    R"(<svg viewBox="0 0 24 24" aria-hidden="true"><circle cx="8" cy="8" r="5"/><circle cx="17.5" cy="10" r="4"/><circle cx="7" cy="18" r="4"/><circle cx="15.5" cy="18" r="3.5"/></svg>)";

std::string address_of(const char* name)
{
    return fmt::format("/static/{}?v={}", name, web::file(name).sha256.substr(0, 16));
}

std::string link_to(const char* address, const char* words, const std::string& here)
{
    return fmt::format("<a href=\"{}\"{}>{}</a>", address, here == address ? " aria-current=\"page\"" : "", words);
}

std::string bar(const std::string& here)
{
    return fmt::format(R"(<a class="skip" href="#main">To the content</a>
<header class="bar"><div><a class="brand" href="/" aria-label="Lapilli, all runs">{}<span>Lapilli</span></a>
<nav aria-label="Pages">{}{}{}</nav>
<span class="small quiet" id="fresh"></span>
<div class="switch tiny" id="theme" role="group" aria-label="Light or dark"><button value="">Auto</button><button value="light">Light</button><button value="dark">Dark</button></div>
</div></header>
)",
                       mark, link_to("/", "Runs", here), link_to("/compare", "Compare", here), link_to("/api", "API", here));
}

/// Of several replicas, which has answered.
std::string own_name()
{
    std::array<char, 256> name{};
    return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

std::string document(const Page& page)
{
    std::string head = fmt::format(R"(<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{}, Lapilli</title>
<link rel="icon" href="data:,">
)",
                                   escaped(page.title));
    for (const auto* name : {"style.css", "report.css", "site.css"})
        head += fmt::format("<link rel=\"stylesheet\" href=\"{}\">\n", address_of(name));
    for (const auto* name : {"numbers.js", "page.js", "charts.js", "planes.js", "surface.js", "figures.js", "site.js"})
        head += fmt::format("<script defer src=\"{}\"></script>\n", address_of(name));
    if (page.script != "site.js")
        head += fmt::format("<script defer src=\"{}\"></script>\n", address_of(page.script.c_str()));
    return fmt::format(
        "{}</head><body>\n{}<main id=\"main\">\n{}</main>\n<footer>lapilli {} ({}), read-only. Answered by {}. "
        "<a href=\"/openapi.json\">OpenAPI</a></footer></body></html>\n",
        head, bar(page.here), page.body, version, git_revision, escaped(own_name()));
}

} // namespace

std::string escaped(const std::string& text)
{
    std::string safe;
    for (const char c : text) {
        switch (c) {
        case '&':
            safe += "&amp;";
            break;
        case '<':
            safe += "&lt;";
            break;
        case '>':
            safe += "&gt;";
            break;
        case '"':
            safe += "&quot;";
            break;
        case '\'':
            safe += "&#39;";
            break;
        default:
            safe += c;
        }
    }
    return safe;
}

Answer part_answer(const std::string& html)
{
    Answer answer{.type = "text/html; charset=utf-8"};
    answer.text = shared_text(html);
    answer.heads = {{"Content-Security-Policy", policy}, {"ETag", tag_of(*answer.text)}};
    return answer;
}

Answer page_answer(const Page& page) { return part_answer(document(page)); }

Answer page_of_runs(const Call&)
{
    return page_answer(
        {.title = "Runs", .here = "/", .body = std::string(web::file("runs.html").text), .script = "runs.js"});
}

Answer page_of_run(const Call& call)
{
    call.folder(); // or there is none
    return page_answer({.title = call.id, .here = "", .body = std::string(web::file("run.html").text), .script = "run.js"});
}

Answer page_of_comparison(const Call&)
{
    return page_answer({.title = "Compare",
                        .here = "/compare",
                        .body = std::string(web::file("compare.html").text),
                        .script = "compare.js"});
}

Answer give_static(const Call& call)
{
    for (const auto& file : web::files()) {
        if (call.name != file.name || file.name.ends_with(".html")) continue;
        Answer answer{.type = file.name.ends_with(".css") ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8"};
        answer.text = shared_text(std::string(file.text));
        answer.heads = {{"ETag", fmt::format("\"{}\"", file.sha256.substr(0, 16))}};
        if (file.sha256.starts_with(call.query.text("v", "none")))
            answer.heads.emplace_back("Cache-Control", "public, max-age=31536000, immutable");
        return answer;
    }
    throw refusal(404, "there is no such file of pages");
}

} // namespace lapilli::serve
