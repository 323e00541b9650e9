// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "checkpoint/folder_memory.hpp"

#include "checkpoint/sealed_text.hpp"
#include "core/error.hpp"
#include "file/atomic_file.hpp"
#include "text/utc_time.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <filesystem>

namespace lapilli::checkpoint {

namespace {

namespace fs = std::filesystem;

std::string key_of(const StepName& step) { return fmt::format("{} {}", step.property, name(step.axis)); }

Record json_of(const StepName& step) { return {{"property", step.property}, {"axis", std::string(1, name(step.axis))}}; }

/// The same object on every rank.
Record from_root(const parallel::Communicator& comm, const std::function<Record()>& make)
{
    return Record::parse(comm.on_root([&] { return make().dump(); }));
}

/// @throws Error exit code 2, naming the first thing in which two runs differ
void check_same_run(const std::string& folder, const Record& left, const Record& mine)
{
    for (const auto& [key, value] : mine.items()) {
        const auto other = left.contains(key) ? left[key] : Record();
        if (other != value)
            throw input_error("the unfinished run in {} is another one: {} is {} there and {} here; give it the same image "
                              "and options, or use another --out, or start over with --replace",
                              folder, key, other.dump(), value.dump());
    }
}

} // namespace

FolderMemory::FolderMemory(const parallel::Communicator& comm, const std::string& folder, const Record& identity,
                           Surroundings around)
    : comm_(comm), path_(folder), identity_(identity), around_(std::move(around)), resume_(around_.options.resume),
      folder_(fs::path(folder) / "checkpoint"), journal_(fs::path(folder) / "journal.jsonl"),
      schedule_(around_.options.every_s)
{
    const auto found = from_root(comm_, [&] {
        take_up();
        return Record{{"epoch", epoch_}, {"finished", finished_}, {"checkpoints", checkpoints_}};
    });
    found.at("epoch").get_to(epoch_);
    found.at("finished").get_to(finished_);
    found.at("checkpoints").get_to(checkpoints_);
    summary_.journal_steps = finished_.size();
    if (finished_.empty() && checkpoints_.empty()) return;
    comm_.together([&] {
        const auto newest = checkpoints_.empty() ? Record() : Record(checkpoints_.front().first);
        log({{"event", "resume"}, {"time", text::utc_now()}, {"journal_steps", finished_.size()}, {"checkpoint", newest}});
    });
}

/// Rank 0: looks first, and changes nothing before it is clear that it may.
void FolderMemory::take_up()
{
    std::vector<Record> steps;
    const auto lines = resume_ ? journal_.read() : std::vector<Record>();
    if (!lines.empty() && lines.front().contains("identity") && may_go_on_from(lines.front()["identity"]))
        for (const auto& line : lines)
            if (line.contains("step") && line["epoch"] == lines.front()["epoch"]) steps.push_back(line);
    for (const auto& name : resume_ ? folder_.checkpoints() : std::vector<std::string>()) {
        Record header;
        try {
            header = read_checkpoint_header(folder_ / name);
        } catch (const OtherVersion&) {
            if (!around_.replace) throw;
            resume_ = false;
            continue;
        } catch (const Error& error) {
            warn(error, "it is left out");
            continue;
        }
        if (may_go_on_from(header.at("identity"))) checkpoints_.emplace_back(name, header.at("step"));
    }
    if (!resume_) {
        steps.clear();
        checkpoints_.clear();
    }
    lease_.emplace(path_, folder_.newest_epoch());
    epoch_ = lease_->epoch();
    begin(steps);
}

/// Whether the unfinished run was the same as this one; if not, and if it may be replaced, nothing of it is taken up.
bool FolderMemory::may_go_on_from(const Record& identity)
{
    try {
        check_same_run(path_, identity, identity_);
    } catch (const Error&) {
        if (!around_.replace) throw;
        resume_ = false;
    }
    return resume_;
}

/// Rank 0: the files of this run in the place of those before it.
void FolderMemory::begin(const std::vector<Record>& steps)
{
    if (resume_)
        folder_.remove_unfinished();
    else
        folder_.remove();
    file::remove_abandoned(fs::path(path_) / "journal.jsonl");
    const Record head{{"journal", 1}, {"epoch", epoch_}, {"identity", identity_}};
    std::vector<Record> lines(1, head);
    for (auto line : steps) {
        line["epoch"] = epoch_; // lines of another epoch are those of a run that was shut out
        finished_[line["step"]] = line;
        lines.push_back(std::move(line));
    }
    journal_.rewrite(lines);
}

/// A header and its arrays; nothing, with a warning and with zeros in the arrays, where they are not what was written.
std::optional<Record> FolderMemory::load(const std::string& name, Slices field) const
{
    try {
        auto header = from_root(comm_, [&] { return read_checkpoint_header(folder_ / name); });
        read_checkpoint(comm_, folder_ / name, header, field);
        return header;
    } catch (const Error& error) {
        warn(error, "it is left out");
        for (const auto& slice : field) std::fill(slice.bytes.begin(), slice.bytes.end(), std::byte{0});
        return std::nullopt;
    }
}

std::optional<Record> FolderMemory::recall(const StepName& step, Slices field)
{
    before_restart_points();
    const auto known = finished_.find(key_of(step));
    if (known == finished_.end()) return std::nullopt;
    const auto& line = known->second;
    if (!field.empty() && (!line.contains("field") || !load(line["field"], field))) return std::nullopt;
    return line.at("outcome");
}

std::optional<Record> FolderMemory::resume(const StepName& step, Slices field)
{
    before_restart_points();
    schedule_.step_begins();
    newest_.clear();
    for (const auto& [name, of] : checkpoints_) {
        if (of != json_of(step)) continue;
        const auto header = load(name, field);
        if (!header) continue;
        newest_ = name;
        summary_.resumed = Record{{"checkpoint", name}};
        summary_.resumed.update(of);
        summary_.resumed["iteration"] = header->at("state").at("iteration");
        return header->at("state");
    }
    return std::nullopt;
}

/// A disk that fails ends the checkpoints, not the run; a lease that is lost ends the run.
template <class Work>
void FolderMemory::unless_disk_fails(Work&& work)
{
    if (!disk_works_) return;
    try {
        work();
    } catch (const Error& error) {
        if (error.code() == ExitCode::fenced) throw;
        check_may_write(); // a run that takes over removes what is half written
        disk_works_ = false;
        warn(error, "the run goes on without checkpoints");
    }
}

void FolderMemory::write(const std::string& name, Record header, Slices field)
{
    const auto begin = std::chrono::steady_clock::now();
    check_may_write();
    comm_.together([&] {
        if (comm_.is_root()) folder_.make();
    });
    header["identity"] = identity_;
    const auto written = write_checkpoint(comm_, folder_ / name, header, field, files_);
    files_ = written.files;
    if (written.fault) warn(*written.fault, "from now on each rank writes its part of a checkpoint into a file of its own");
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    schedule_.has_written(seconds);
    ++summary_.count;
    summary_.bytes += written.bytes;
    summary_.seconds += seconds;
    Record event{{"event", "checkpoint"}};
    event.update(header["step"]);
    if (header.contains("state")) event["iteration"] = header["state"]["iteration"];
    event.update({{"file", name}, {"bytes", written.bytes}, {"seconds", seconds}});
    comm_.together([&] { log(event); });
}

void FolderMemory::finish(const StepName& step, const Record& outcome, Slices field)
{
    unless_disk_fails([&] {
        Record line{{"step", key_of(step)}, {"epoch", epoch_}, {"outcome", outcome}};
        if (!field.empty()) {
            line["field"] = CheckpointFolder::field_name(epoch_, key_of(step));
            write(line["field"], {{"step", json_of(step)}}, field);
        }
        check_may_write();
        comm_.together([&] {
            if (comm_.is_root()) journal_.append(line);
        });
        newest_.clear();
    });
}

void FolderMemory::keep(const StepName& step, const Record& state, Slices field)
{
    unless_disk_fails([&] {
        const auto name = CheckpointFolder::checkpoint_name(epoch_, ++written_);
        write(name, {{"step", json_of(step)}, {"state", state}}, field);
        newest_ = name;
        if (comm_.is_root()) folder_.keep_two();
        const std::size_t kept = std::max<std::int64_t>(0, 2 - written_); // of those found
        if (checkpoints_.size() > kept) checkpoints_.resize(kept);
    });
}

void FolderMemory::at_restart_point(const StepName& step, const std::function<Record()>& state, Slices field)
{
    enum : std::int64_t { go_on, write_one, write_and_stop };
    schedule_.iteration_ends();
    std::int64_t bytes = 0;
    for (const auto& slice : field) bytes += std::ssize(slice.bytes);
    schedule_.expect(bytes * comm_.size()); // as if all had as much; only one rank decides
    const bool due = comm_.is_root() && disk_works_ && schedule_.due();
    const auto wish = comm_.max(around_.stop.requested() ? write_and_stop : due ? write_one : go_on);
    if (wish != go_on) keep(step, state(), field);
    if (wish == write_and_stop) stop();
}

void FolderMemory::before_restart_points()
{
    if (comm_.any(around_.stop.requested())) stop();
}

void FolderMemory::after_iteration(int ahead)
{
    schedule_.iteration_ends();
    if (!comm_.any(around_.stop.requested())) return;
    const bool in_time = disk_works_ && schedule_.fits(ahead, around_.stop.grace_left_s());
    if (!comm_.any(comm_.is_root() && in_time)) stop();
}

void FolderMemory::warn(const Error& error, const char* so) const
{
    if (comm_.is_root() && around_.warn) around_.warn(fmt::format("{}; {}", error.what(), so));
}

void FolderMemory::log(const Record& event) const
{
    if (comm_.is_root() && around_.log) around_.log(event);
}

void FolderMemory::stop() const
{
    const auto stands = newest_.empty() ? std::string("what was finished before this step stands in journal.jsonl")
                                        : fmt::format("the checkpoint {} stands", newest_);
    throw parallel::AgreedError(ExitCode::stopped,
                                fmt::format("on request; in {} {}; the same command goes on from there", path_, stands));
}

void FolderMemory::check_may_write() const
{
    comm_.together([&] {
        if (lease_) lease_->check();
    });
}

void FolderMemory::forget()
{
    comm_.together([&] {
        if (!comm_.is_root()) return;
        journal_.remove();
        folder_.remove();
    });
}

} // namespace lapilli::checkpoint
