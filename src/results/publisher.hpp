// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "checkpoint/folder_memory.hpp"
#include "checkpoint/stop_token.hpp"
#include "parallel/communicator.hpp"
#include "results/options.hpp"
#include "results/picture_file.hpp"
#include "results/reporter.hpp"
#include "study/observer.hpp"

#include <nlohmann/json.hpp>

#include <functional>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>

namespace lapilli::results {

/// Shows a study while it runs and publishes what it has found: on the terminal and, if there is one, in a result folder,
/// in which it goes on where an earlier run was killed. Where the disk of that folder is full, that is said, and the run
/// goes on without the folder: what it finds is shown all the same. All members are collective but those of rank 0 alone.
class Publisher : public study::Observer {
public:
    /// @param stop  called when there is a memory: from then on a request to stop is left to it
    /// @throws Error exit code 2: the folder cannot be used
    Publisher(const parallel::Communicator& comm, Options options, std::function<checkpoint::StopToken()> stop);

    void image_is_read(const study::Result& result, const Record& identity) override;
    bool has_results() const override { return kept_.has_value(); }
    Memory* memory(const Record& identity) override;
    std::string fields_folder() const override { return folder_; }
    study::PictureSet pictures() const override { return folder_.empty() ? study::PictureSet::none : options_.report; }
    void solves_begin(const study::Outlook& outlook) override;
    void progress(const ProgressEvent& event) override;
    void warn(const std::string& sentence) override;
    void picture(const std::string& name, nlohmann::ordered_json pictures) override;
    void ends() override { reporter_->finish(); }

    /// The study, or what came after it, failed: progress.jsonl and report.html say so, where there is a folder and no other
    /// run has it. Not collective; never throws.
    void failed(ExitCode code, const std::string& sentence) noexcept;
    /// How the run ended whose results stay, where nothing was done.
    std::optional<ExitCode> kept() const { return kept_; }
    /// Prints table or object to `out` (rank 0), writes result.json if there is a folder, and says how the process ends.
    /// @throws Error after the printing: what was asked for is not on the disk
    ExitCode publish(const study::Result& result, std::ostream& out);

private:
    template <class Task>
    void unless_full(Task&& task);
    void open_folder(const study::Result& result);
    nlohmann::ordered_json start_of(const study::Result& result, int hosts) const;
    void print_and_write(const study::Result& result, std::ostream& out) const;
    bool may_tell() const;
    bool wants_page() const;
    void write_page(std::ostream& out) const;

    parallel::Communicator comm_;
    Options options_;
    std::function<checkpoint::StopToken()> stop_;
    std::string folder_;                               ///< empty: none, or none that can be used
    std::unique_ptr<Reporter> reporter_;               ///< rank 0
    std::optional<PictureFile> pictures_;              ///< rank 0; absent: none are kept
    std::unique_ptr<checkpoint::FolderMemory> memory_; ///< null: no folder
    nlohmann::ordered_json image_;                     ///< rank 0: as result.json will have it
    nlohmann::ordered_json earlier_;                   ///< rank 0: the results of the runs before; null: none
    std::optional<ExitCode> kept_;                     ///< results that are there already
    std::optional<Error> lost_folder_;                 ///< why results are only shown
};

} // namespace lapilli::results
