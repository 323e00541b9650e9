// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "results/publisher.hpp"

#include "core/error.hpp"
#include "file/atomic_file.hpp"
#include "launch/launch.hpp"
#include "parallel/resources.hpp"
#include "report/report.hpp"
#include "results/network_files.hpp"
#include "results/report_file.hpp"
#include "results/result_folder.hpp"
#include "results/result_merge.hpp"
#include "results/table_files.hpp"
#include "terminal/messages.hpp"
#include "terminal/terminal.hpp"
#include "text/text_table.hpp"
#include "version.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <ostream>

namespace lapilli::results {

Publisher::Publisher(const parallel::Communicator& comm, Options options, std::function<checkpoint::StopToken()> stop)
    : comm_(comm), options_(std::move(options)), stop_(std::move(stop)), folder_(options_.folder)
{
    comm_.together([&] {
        if (comm_.is_root() && !folder_.empty()) check_result_folder(folder_);
    });
}

/// Does something in the result folder, as long as its disk has room; but not under a launcher that would have it all done
/// again and again. Collective.
template <class Task>
void Publisher::unless_full(Task&& task)
{
    try {
        if (!folder_.empty()) task();
    } catch (const Error& error) {
        if (error.code() != ExitCode::failed || launch::started_again_after_failures()) throw;
        lost_folder_ = error;
        folder_.clear();
        if (comm_.is_root()) warn(fmt::format("{}; the run goes on, but its results will only be shown", error.what()));
    }
}

/// Refuses a folder with the results of something else, and makes it if it is not there. Rank 0.
void Publisher::open_folder(const study::Result& result)
{
    check_network_formats(options_.network_formats, result);
    earlier_ = earlier_result(folder_);
    const auto other = difference(earlier_, report::announced_json(result));
    if (!options_.replace && !other.words.empty())
        throw input_error("{} has the results of something else: {}; name another folder with --out, or say with --replace "
                          "that they may go",
                          folder_, other.words);
    if (options_.keep && holds(earlier_, report::announced_json(result)))
        kept_ = earlier_["status"] == "done" ? ExitCode::done : ExitCode::not_converged;
    make_result_folder(folder_);
    image_ = report::announced_json(result)["image"];
}

/// What others are to know of a run while it has no results.
nlohmann::ordered_json Publisher::start_of(const study::Result& result, int hosts) const
{
    auto image = report::announced_json(result)["image"];
    image.erase("labels"); // of which there may be a million
    return {{"program_version", version},
            {"image", image},
            {"command", result.command},
            {"ranks", comm_.size()},
            {"hosts", hosts}};
}

void Publisher::image_is_read(const study::Result& result, const Record& /*identity*/)
{
    unless_full([&] {
        comm_.together([&] {
            if (comm_.is_root()) open_folder(result);
        });
    });
    const auto kept = comm_.max(std::int64_t{kept_ ? exit_status(*kept_) : -1});
    if (kept >= 0) kept_ = static_cast<ExitCode>(kept);
    const int hosts = parallel::count_hosts(comm_);
    if (comm_.is_root()) reporter_ = std::make_unique<Reporter>(options_.quiet, start_of(result, hosts));
}

Memory* Publisher::memory(const Record& identity)
{
    unless_full([&] {
        memory_ = std::make_unique<checkpoint::FolderMemory>(
            comm_, folder_, identity,
            checkpoint::FolderMemory::Surroundings{.options = options_.checkpoints,
                                                   .replace = options_.replace,
                                                   .stop = stop_(),
                                                   .warn = [this](const auto& sentence) { warn(sentence); },
                                                   .log = [this](const auto& event) { reporter_->log(event); }});
        comm_.together([&] {
            if (!comm_.is_root()) return;
            remove_abandoned_files(folder_);
            reporter_->open_log(folder_);
            if (options_.report != study::PictureSet::none) pictures_.emplace(folder_, image_, identity.at("boundary"));
        });
    });
    return memory_.get();
}

void Publisher::solves_begin(const study::Outlook& outlook) { reporter_->expect(outlook); }

void Publisher::progress(const ProgressEvent& event) { (*reporter_)(event); }

void Publisher::warn(const std::string& sentence)
{
    if (!options_.quiet) terminal::print_warning(sentence);
}

/// A page without pictures is a page: whatever happens to them ends no run. Rank 0.
void Publisher::picture(const std::string& name, nlohmann::ordered_json pictures)
{
    if (!pictures_ || !may_tell()) return;
    try {
        pictures_->add(name, std::move(pictures));
    } catch (const Error& error) {
        pictures_.reset();
        warn(fmt::format("{}; the run goes on, but its report will lack pictures", error.what()));
    }
}

/// Whether what is said in the folder is said of this run: none other has it, or it is new. Rank 0.
bool Publisher::may_tell() const
{
    if (folder_.empty()) return false;
    return memory_ ? memory_->has_lease() : !std::filesystem::exists(std::filesystem::path(folder_) / "lease");
}

bool Publisher::wants_page() const
{
    const auto path = std::filesystem::path(folder_) / report_name;
    return options_.report != study::PictureSet::none || std::filesystem::exists(path); // of earlier runs, and out of date
}

/// The numbers are on the disk already, so that a page that cannot be written is no failure of the run. Rank 0.
void Publisher::write_page(std::ostream& out) const
{
    if (folder_.empty() || !wants_page()) return;
    try {
        const auto page = write_report(folder_, MissingPictures::left_out);
        if (!options_.json) out << "report in " << page << std::endl;
    } catch (const Error& error) {
        terminal::print_warning(fmt::format("{}; lapilli report {} makes the page later", error.what(), folder_));
    }
}

/// Rank 0.
void Publisher::print_and_write(const study::Result& result, std::ostream& out) const
{
    const auto mine = report::to_json(result), all = merged(earlier_, mine);
    // names of files need not be UTF-8, JSON must be
    const auto json = all.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
    const auto columns = std::min(terminal::terminal_columns(), text::usual_columns);
    const auto show = [&] { out << (options_.json ? json : report::to_table(result, columns)) << std::flush; };
    try {
        if (lost_folder_) throw *lost_folder_;
        if (!folder_.empty()) file::write_file(std::filesystem::path(folder_) / "result.json", json);
    } catch (...) { // a folder that is gone or full: what may have taken hours is shown all the same
        show();
        throw;
    }
    show();
    if (!options_.json && !folder_.empty()) out << "results in " << folder_ << std::endl;
    const bool other_image = difference(earlier_, mine).whole;
    if (has_fields(earlier_) && (!has_fields(all) || (result.lost_fields && other_image))) remove_fields(folder_);
    try { // all that they have of numbers to quote is in result.json
        if (!folder_.empty()) {
            write_tables(folder_, result);
            write_network(folder_, result, options_.network_formats);
        }
    } catch (const Error& error) {
        terminal::print_warning(error.what());
    }
    write_page(out);
}

ExitCode Publisher::publish(const study::Result& result, std::ostream& out)
{
    if (memory_) memory_->check_may_write();
    comm_.together([&] {
        if (!comm_.is_root()) return;
        for (const auto& warning : result.warnings) // lost fields were warned of when they were lost
            if (!(result.lost_fields && warning == result.lost_fields->what())) warn(warning);
        print_and_write(result, out);
    });
    comm_.together([&] {
        if (result.lost_fields) throw *result.lost_fields;
    });
    if (memory_) memory_->forget();
    const auto code = result.converged() ? ExitCode::done : ExitCode::not_converged;
    comm_.together([&] {
        if (reporter_) reporter_->end(code, {});
    });
    return code;
}

void Publisher::failed(ExitCode code, const std::string& sentence) noexcept
{
    try {
        if (!reporter_ || code == ExitCode::fenced || !may_tell()) return;
        reporter_->end(code, sentence);
        if (!reporter_->has_log()) reporter_->open_log(folder_); // the run has not come as far as its own files
        if (wants_page()) write_report(folder_, MissingPictures::left_out);
    } catch (...) { // what failed is said in any case
    }
}

} // namespace lapilli::results
