// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "top/top.hpp"

#include "terminal/terminal.hpp"
#include "text/system_error.hpp"
#include "top/frame.hpp"
#include "top/letters.hpp"
#include "top/screen.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iostream>

#include <unistd.h>

namespace lapilli::top {

using collection::Run;
using collection::RunFolders;

namespace {

constexpr double between_looks_s = 2;

bool wants_colours()
{
    const char* none = std::getenv("NO_COLOR");
    return none == nullptr || *none == '\0';
}

nlohmann::ordered_json json_of(const Run& run)
{
    const auto or_null = [](const auto& value) { return value ? nlohmann::ordered_json(*value) : nlohmann::ordered_json(); };
    const auto& [quantity, axis, number, unit, error, source] = run.value;
    nlohmann::ordered_json value;
    if (!quantity.empty())
        value = {{"quantity", quantity},    {"axis", axis},          {"value", number}, {"unit", unit.empty() ? "1" : unit},
                 {"error", or_null(error)}, {"error_source", source}};
    return {{"folder", run.folder},
            {"status", collection::name(run.state.status)},
            {"sentence", run.state.sentence},
            {"stage", run.state.stage},
            {"axis", run.state.axis},
            {"iteration", run.state.iteration},
            {"value", value},
            {"left_s", or_null(run.state.left_s)},
            {"done", or_null(run.state.done)},
            {"ranks", run.state.ranks},
            {"memory_bytes", or_null(run.memory_bytes)},
            {"beat_s", run.beat_s}};
}

void print_json(const std::vector<Run>& runs, const View& view)
{
    nlohmann::ordered_json all{{"schema", 1}, {"folder", view.folder}, {"now_s", view.now_s}};
    all["runs"] = nlohmann::ordered_json::array();
    for (const auto& run : runs) all["runs"].push_back(json_of(run));
    // names of files need not be UTF-8, JSON must be
    std::cout << all.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << '\n';
}

/// The table as it is read and what keys make of it.
class Live {
public:
    explicit Live(const std::string& folder) : folders_(folder) { view_ = {.folder = folder, .chosen = 0}; }

    void run()
    {
        for (auto key = Key::none; key != Key::quit; key = screen_.wait(1)) {
            take(key);
            look();
            draw();
        }
    }

private:
    void take(Key key)
    {
        if (following_ && (key == Key::back || key == Key::enter)) {
            following_ = false;
        } else if (key == Key::enter) {
            following_ = !runs_.empty();
        } else if (key == Key::sort && !following_) {
            view_.order = next(view_.order);
            sort(runs_, view_.order);
            *view_.chosen = 0;
            chosen_run_ = runs_.empty() ? "" : runs_.front().folder;
        } else if (!following_) {
            move(key);
        }
    }

    void move(Key key)
    {
        const auto page = static_cast<std::ptrdiff_t>(std::max<std::size_t>(screen_.rows(), 4)) - 3;
        std::ptrdiff_t by = 0;
        if (key == Key::up) by = -1;
        if (key == Key::down) by = 1;
        if (key == Key::page_up) by = -page;
        if (key == Key::page_down) by = page;
        if (by == 0 || runs_.empty()) return;
        const auto last = static_cast<std::ptrdiff_t>(runs_.size()) - 1;
        *view_.chosen = std::clamp<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(*view_.chosen) + by, 0, last);
        chosen_run_ = runs_[*view_.chosen].folder;
    }

    /// The run that was chosen stays so, wherever it stands now.
    void look()
    {
        const double now_s = collection::now_s();
        if (now_s - view_.now_s >= between_looks_s || now_s < view_.now_s) {
            runs_ = folders_.look(now_s);
            sort(runs_, view_.order);
            view_.now_s = now_s;
        }
        const auto chosen =
            std::find_if(runs_.begin(), runs_.end(), [&](const auto& run) { return run.folder == chosen_run_; });
        if (chosen != runs_.end())
            *view_.chosen = chosen - runs_.begin();
        else
            *view_.chosen = std::min(*view_.chosen, runs_.size() - std::min<std::size_t>(runs_.size(), 1));
        following_ = following_ && !runs_.empty();
    }

    void draw() const
    {
        const Paper paper{
            .columns = screen_.columns(), .rows = screen_.rows(), .colours = wants_colours(), .utf8 = shows_utf8()};
        screen_.draw(following_ ? page_of(runs_[*view_.chosen], view_, paper) : frame(runs_, view_, paper));
    }

    RunFolders folders_;
    View view_;
    std::vector<Run> runs_;
    std::string chosen_run_; ///< its folder; empty: whatever comes first
    bool following_ = false;
    Screen screen_; ///< last, so that it ends before anything is said
};

} // namespace

ExitCode show_runs(const Options& options)
{
    std::error_code error;
    const auto status = std::filesystem::status(options.folder, error);
    if (error) throw text::system_error("read", options.folder, error.value());
    if (!std::filesystem::is_directory(status))
        throw input_error("{} is no folder; expected one with runs in it, e.g. runs", options.folder);
    if (!options.once && !options.json && Screen::possible()) {
        Live(options.folder).run();
        return ExitCode::done;
    }
    const View view{.folder = options.folder, .now_s = collection::now_s()};
    auto runs = RunFolders(options.folder).look(view.now_s);
    sort(runs, view.order);
    if (options.json) {
        print_json(runs, view);
        return ExitCode::done;
    }
    const Paper paper{.columns = terminal::terminal_columns(),
                      .colours = isatty(STDOUT_FILENO) == 1 && wants_colours(),
                      .utf8 = shows_utf8()};
    for (const auto& line : frame(runs, view, paper)) std::cout << line << '\n';
    return ExitCode::done;
}

} // namespace lapilli::top
