// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "serve/index.hpp"

#include "serve/answer.hpp"
#include "serve/folder_names.hpp"
#include "serve/run_id.hpp"

#include <algorithm>
#include <chrono>
#include <deque>

namespace lapilli::serve {

namespace {

constexpr int deepest = 8;
constexpr double period_s = 2, long_ago_s = 60;

struct Folder {
    std::string name; ///< below DIR; empty is DIR itself
    int depth;
};

/// The row of that run in a snapshot, if its files are the same still.
std::shared_ptr<const RunRow> known_row(const Snapshot& before, const std::string& id, const RunStamps& stamps)
{
    const auto found =
        std::ranges::lower_bound(before.rows, id, {}, [](const auto& row) -> const std::string& { return row->id; });
    if (found == before.rows.end() || (*found)->id != id || (*found)->stamps != stamps) return nullptr;
    return (*found)->may_change ? nullptr : *found;
}

bool same_rows(const Snapshot& a, const Snapshot& b)
{
    return a.remark == b.remark && std::ranges::equal(a.rows, b.rows, [](const auto& one, const auto& other) {
               return one == other || (one->id == other->id && one->json == other->json);
           });
}

} // namespace

Snapshot look_through(const Beneath& root, const Snapshot& before, double now_s)
{
    Snapshot now;
    std::size_t seen = 0, nameless = 0;
    std::deque<Folder> folders{{"", 0}};
    for (; !folders.empty() && seen < Index::most_folders; ++seen) {
        const auto at = std::move(folders.front());
        folders.pop_front();
        const auto opened = root.open_folder(at.name.empty() ? "." : at.name);
        if (!opened) continue; // gone, or a link by now
        const auto stamps = at.name.empty() ? RunStamps() : stamps_of(opened.get());
        if (stamps.any()) {
            const auto id = *id_of(at.name);
            auto row = known_row(before, id, stamps);
            now.rows.push_back(row ? row : make_row(id, opened.get(), stamps, now_s));
        }
        if (at.depth == deepest) continue;
        for (const auto& name : folder_names(opened.get(), Index::most_folders)) {
            const auto below = at.name.empty() ? name : at.name + "/" + name;
            if (name == "checkpoint" && stamps.any()) continue;
            if (id_of(below))
                folders.push_back({below, at.depth + 1});
            else
                ++nameless;
        }
    }
    if (!folders.empty())
        now.remark = fmt::format("Only the first {} folders are shown.", Index::most_folders);
    else if (nameless > 0)
        now.remark = fmt::format(
            "Not shown: {} folders whose names have other signs than letters, digits, '.', '_' and '-'.", nameless);
    std::ranges::sort(now.rows, {}, [](const auto& row) -> const std::string& { return row->id; });
    now.version = same_rows(before, now) ? before.version : before.version + 1;
    return now;
}

Index::Index(const Beneath& root) : root_(root), thread_([this] { run(); }) {}

Index::~Index()
{
    {
        const std::lock_guard lock(mutex_);
        ends_ = true;
    }
    wake_.notify_all();
    thread_.join();
}

void Index::run()
{
    for (;;) {
        look();
        std::unique_lock lock(mutex_);
        // a disk that is slow is not asked all the time
        const std::chrono::duration<double> pause(std::max(period_s, 4 * snapshot_->seconds));
        if (wake_.wait_for(lock, pause, [this] { return ends_; })) return;
    }
}

void Index::look()
{
    const auto begin = std::chrono::steady_clock::now();
    std::shared_ptr<Snapshot> now;
    std::string failure;
    try {
        now = std::make_shared<Snapshot>(look_through(root_, *snapshot(), now_s()));
        now->seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    } catch (const std::exception& error) { // no memory, no descriptors; the next time may be better
        failure = error.what();
    }
    const std::lock_guard lock(mutex_);
    failure_ = failure;
    if (!now) return;
    looked_s_ = now_s();
    snapshot_ = now;
}

std::shared_ptr<const Snapshot> Index::snapshot() const
{
    const std::lock_guard lock(mutex_);
    return snapshot_;
}

std::string Index::not_ready() const
{
    const std::lock_guard lock(mutex_);
    if (looked_s_ == 0) return failure_.empty() ? "the folder has not been looked through yet" : failure_;
    const auto age = now_s() - looked_s_;
    return age > std::max(long_ago_s, 10 * snapshot_->seconds) ? fmt::format("the folder was last seen {:.0f} s ago", age)
                                                               : "";
}

} // namespace lapilli::serve
