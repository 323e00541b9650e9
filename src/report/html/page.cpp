// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "report/html/page.hpp"

#include "picture/base64.hpp"
#include "report/html/sections.hpp"
#include "version.hpp"
#include "web/files.hpp"

#include <fmt/format.h>

#include <charconv>

namespace lapilli::report::html {

namespace {

constexpr std::string_view styles[] = {"style.css", "report.css", "print.css"};
constexpr std::string_view scripts[] = {"numbers.js", "charts.js",  "page.js",  "planes.js",
                                        "surface.js", "figures.js", "report.js"};

/// 'sha256-...', as a content security policy names a text.
std::string source_of(const web::File& file)
{
    std::string bytes;
    for (std::size_t i = 0; i + 1 < file.sha256.size(); i += 2) {
        unsigned byte = 0;
        std::from_chars(file.sha256.data() + i, file.sha256.data() + i + 2, byte, 16);
        bytes += static_cast<char>(byte);
    }
    return fmt::format(" 'sha256-{}'", picture::base64(bytes));
}

template <class Names>
std::string sources_of(const Names& names)
{
    std::string all;
    for (const auto name : names) all += source_of(web::file(name));
    return all;
}

std::string policy()
{
    return fmt::format("default-src 'none'; img-src data:; script-src{}; style-src{}; base-uri 'none'; form-action 'none'",
                       sources_of(scripts), sources_of(styles));
}

std::string head(const Run& run)
{
    std::string out = fmt::format(R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{}">
{} {}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{} – Lapilli</title>
<link rel="icon" href="data:,">
)",
                                  policy(), page_mark, version, escaped(run.name));
    for (const auto name : styles) out += fmt::format("<style>{}</style>\n", web::file(name).text);
    return out + "</head>\n";
}

struct Link {
    const char* id;
    const char* title;
};
constexpr Link links[] = {{"results", "Results"},         {"sure", "How sure"},     {"image", "Image"},
                          {"numbers", "Numbers"},         {"pictures", "Pictures"}, {"pores", "Pores"},
                          {"convergence", "Convergence"}, {"cost", "Cost"},         {"reproduce", "Reproduce"}};

/// @param body  which has the sections that links lead to
std::string bar(const std::string& body)
{
    std::string nav;
    for (const auto& link : links)
        if (body.find(fmt::format("<section id=\"{}\"", link.id)) != std::string::npos)
            nav += fmt::format("<a href=\"#{}\">{}</a>", link.id, link.title);
    return fmt::format(R"(<a class="skip" href="#main">To the results</a>
<header class="bar"><div>
<a class="brand" href="#main" aria-label="Lapilli, to the top"><svg viewBox="0 0 22 22" aria-hidden="true"><circle cx="7" cy="14.5" r="5.5"/><circle cx="14.5" cy="7.5" r="4.5"/><circle cx="17" cy="16" r="3.5"/><circle cx="5.5" cy="5" r="2.5"/></svg><span>Lapilli</span></a>
<nav aria-label="Sections">{}</nav>
<div class="tools"><div class="switch tiny" id="theme" role="group" aria-label="Colours of the page"><button value="">Auto</button><button value="light">Light</button><button value="dark">Dark</button></div>
<button class="wide" id="print">Print</button></div>
</div></header>
)",
                       nav);
}

/// What scripts draw from: the result, the pictures, and what the iterations found. How the program was called stands on the
/// page as it may be published.
std::string data_of(const Run& run)
{
    Json data{{"name", run.name}, {"result", run.result}, {"image", image_of(run)}, {"convergence", convergence_of(run)}};
    for (const char* key : {"run", "runs"})
        if (data["result"].is_object()) data["result"].erase(key);
    data["pictures"] = run.pictures.is_object() ? run.pictures : Json::object();
    return fmt::format("<script type=\"application/json\" id=\"data\">{}</script>\n", script_json(data));
}

} // namespace

std::string section(const std::string& id, const std::string& title, const std::string& sentence, const std::string& body)
{
    return fmt::format("<section id=\"{0}\" aria-labelledby=\"{0}-title\"><header><h2 "
                       "id=\"{0}-title\">{1}</h2>{2}</header>\n{3}</section>\n",
                       id, title, sentence.empty() ? "" : fmt::format("<p>{}</p>", sentence), body);
}

std::string figure(const Figure& f)
{
    return fmt::format(
        R"(<figure><header><h3>{1}</h3><button class="link" data-svg="{0}" aria-label="Save the chart {1} as SVG">SVG</button></header>
<div class="plot" id="{0}"></div><figcaption>{2}</figcaption></figure>
)",
        f.id, f.title, f.caption);
}

std::string measured(const Run& run)
{
    return headline(run, verdict_of(run)) + tensors(run) + how_sure(run) + all_numbers(run) + pores(run) + cost(run);
}

std::string page(const Run& run)
{
    const auto verdict = verdict_of(run);
    std::string body = opening(run, verdict);
    body += headline(run, verdict) + tensors(run) + how_sure(run) + provenance(run) + all_numbers(run) + pictures(run) +
            surface(run) + pores(run) + convergence(run) + cost(run) + reproduce(run, verdict);
    std::string out = head(run);
    out += fmt::format("<body>\n{}<main id=\"main\">\n{}</main>\n", bar(body), body);
    out += fmt::format(
        "<footer>Written by Lapilli {}. This page is whole in itself and asks nothing of the network.</footer>\n", version);
    out += data_of(run);
    for (const auto name : scripts) out += fmt::format("<script>{}</script>\n", web::file(name).text);
    return out + "</body>\n</html>\n";
}

} // namespace lapilli::report::html
