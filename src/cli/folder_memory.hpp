// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "cli/pace.hpp"
#include "cli/run_options.hpp"
#include "cli/stop_request.hpp"
#include "io/checkpoint_file.hpp"
#include "io/checkpoint_folder.hpp"
#include "io/journal.hpp"
#include "io/lease.hpp"
#include "parallel/communicator.hpp"
#include "report/study.hpp"
#include "solve/memory.hpp"

#include <nlohmann/json.hpp>

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace lapilli::cli {

/// What a run remembers in its result folder: finished steps in journal.jsonl, the state of the step at work, and fields
/// that are still needed, in checkpoint/, all of them under the lease of the folder. A disk that takes no checkpoint does
/// not end the run: it is said once, and the run goes on without. All members are collective.
class FolderMemory : public Memory {
public:
    struct Options {
        CheckpointOptions checkpoints;
        bool replace = false;                                        ///< an unfinished run of another identity
        bool quiet = false;                                          ///< no warnings
        std::function<void(const nlohmann::ordered_json&)> log = {}; ///< of rank 0: gets an event for each checkpoint
    };

    /// Takes the lease, and up what an earlier run of the same identity has left.
    /// @param identity  everything that the steps depend on, named as people know it
    /// @throws Error exit code 2 where that run was another one; 4 where another one runs
    FolderMemory(const parallel::Communicator& comm, const std::string& folder, const Record& identity, Options options);

    std::optional<Record> recall(const StepName& step, Slices field) override;
    void finish(const StepName& step, const Record& outcome, Slices field) override;
    std::optional<Record> resume(const StepName& step, Slices field) override;
    void at_restart_point(const StepName& step, const std::function<Record()>& state, Slices field) override;
    void before_restart_points() override;
    void after_iteration(int ahead) override;

    /// @throws Error exit code 4: another run has taken over
    void check_lease() const;
    /// The run is done, its results are on the disk.
    void forget();
    /// What it cost, and where the run came from.
    const report::Checkpoints& summary() const { return summary_; }

private:
    void take_up();
    bool may_go_on_from(const Record& identity);
    void begin(const std::vector<Record>& steps);
    std::optional<Record> load(const std::string& name, Slices field) const;
    void write(const std::string& name, Record header, Slices field);
    void keep(const StepName& step, const Record& state, Slices field);
    template <class Work>
    void unless_disk_fails(Work&& work);
    void warn(const Error& error, const char* so) const;
    [[noreturn]] void stop() const;

    parallel::Communicator comm_;
    std::string path_;
    Record identity_;
    Options options_;
    StopLater stop_later_;
    bool resume_ = true; ///< from what is in the folder
    io::CheckpointFolder folder_;
    io::Journal journal_;
    std::optional<io::Lease> lease_; ///< rank 0
    std::int64_t epoch_ = 0;
    std::int64_t written_ = 0; ///< checkpoints of this epoch
    io::CheckpointFiles files_ = io::CheckpointFiles::one;
    std::map<std::string, Record> finished_;                  ///< lines of the journal by step
    std::vector<std::pair<std::string, Record>> checkpoints_; ///< of earlier runs, name and step, the newest first
    std::string newest_;                                      ///< checkpoint of the step at work; empty: none
    bool disk_works_ = true;
    Pace pace_;
    report::Checkpoints summary_;
};

} // namespace lapilli::cli
