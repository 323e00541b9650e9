// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "checkpoint/checkpoint_file.hpp"
#include "checkpoint/checkpoint_folder.hpp"
#include "checkpoint/journal.hpp"
#include "checkpoint/lease.hpp"
#include "checkpoint/options.hpp"
#include "checkpoint/schedule.hpp"
#include "checkpoint/stop_token.hpp"
#include "parallel/communicator.hpp"
#include "solve/checkpoints.hpp"
#include "solve/memory.hpp"

#include <nlohmann/json.hpp>

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace lapilli::checkpoint {

/// What a run remembers in its result folder: finished steps in journal.jsonl, the state of the step at work, and fields
/// that are still needed, in checkpoint/, all of them under the lease of the folder. A disk that takes no checkpoint does
/// not end the run: it is said once, and the run goes on without. All members are collective.
class FolderMemory : public Memory {
public:
    struct Surroundings {
        checkpoint::Options options;
        bool replace = false;                                        ///< an unfinished run of another identity
        StopToken stop;                                              ///< whether the run is asked to end
        std::function<void(const std::string&)> warn = {};           ///< of rank 0: gets a sentence
        std::function<void(const nlohmann::ordered_json&)> log = {}; ///< of rank 0: gets an event for each checkpoint
    };

    /// Takes the lease, and up what an earlier run of the same identity has left.
    /// @param identity  everything that the steps depend on, named as people know it
    /// @throws Error exit code 2 where that run was another one; 4 where another one runs
    FolderMemory(const parallel::Communicator& comm, const std::string& folder, const Record& identity, Surroundings around);

    std::optional<Record> recall(const StepName& step, Slices field) override;
    void finish(const StepName& step, const Record& outcome, Slices field) override;
    std::optional<Record> resume(const StepName& step, Slices field) override;
    void at_restart_point(const StepName& step, const std::function<Record()>& state, Slices field) override;
    void before_restart_points() override;
    void after_iteration(int ahead) override;
    bool asked_to_stop() const override { return around_.stop.requested(); }

    void check_may_write() const override;
    /// Whether no other run has taken the folder. Rank 0, not collective.
    bool has_lease() const noexcept { return lease_ && lease_->is_held(); }
    /// The run is done, its results are on the disk.
    void forget();
    std::optional<Checkpoints> summary() const override { return summary_; }

private:
    void take_up();
    bool may_go_on_from(const Record& identity);
    void begin(const std::vector<Record>& steps);
    std::optional<Record> load(const std::string& name, Slices field) const;
    void write(const std::string& name, Record header, Slices field);
    void keep(const StepName& step, const Record& state, Slices field);
    template <class Work>
    void unless_disk_fails(Work&& work);
    void log(const Record& event) const;
    void warn(const Error& error, const char* so) const;
    [[noreturn]] void stop() const;

    parallel::Communicator comm_;
    std::string path_;
    Record identity_;
    Surroundings around_;
    bool resume_ = true; ///< from what is in the folder
    CheckpointFolder folder_;
    Journal journal_;
    std::optional<Lease> lease_; ///< rank 0
    std::int64_t epoch_ = 0;
    std::int64_t written_ = 0; ///< checkpoints of this epoch
    CheckpointFiles files_ = CheckpointFiles::one;
    std::map<std::string, Record> finished_;                  ///< lines of the journal by step
    std::vector<std::pair<std::string, Record>> checkpoints_; ///< of earlier runs, name and step, the newest first
    std::string newest_;                                      ///< checkpoint of the step at work; empty: none
    bool disk_works_ = true;
    Schedule schedule_;
    Checkpoints summary_;
};

} // namespace lapilli::checkpoint
