// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "collection/run_files.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace lapilli::collection {

/// The number that says most of a run: of the solve at work, else the first to quote.
struct RunValue {
    std::string quantity, axis; ///< "D/D0" or "k"; empty: there is none
    double value = 0;
    std::string unit;            ///< "mD", "voxel²"; empty of D/D0
    std::optional<double> error; ///< relative; of a result that by the largest of its sources
    std::string source;          ///< which that is: solver, grid, sample or segmentation; empty while it is solved
};

/// What one look at the folder of a run shows.
struct Run {
    std::string folder; ///< as it was found
    RunState state;
    double beat_s = 0; ///< when the last of its files was changed [s since 1970]
    RunValue value;
    std::optional<std::int64_t> memory_bytes; ///< peak of all ranks, once it is done
};

/// The runs in a folder and below it. Results that have not changed are not read again.
class RunFolders {
public:
    explicit RunFolders(std::string root) : root_(std::move(root)) {}

    /// In the natural order of their names. A run whose files are damaged has failed, and says why.
    std::vector<Run> look(double now_s);
    /// Folders that could not be read, of the last look.
    const std::vector<std::string>& remarks() const { return remarks_; }

private:
    struct Known {
        Run run;
        std::optional<file::FileStamp> result; ///< that has been read
        bool converged = true;
        int ranks = 0;
    };
    void take_result(Known& known) const;
    bool look_at(Known& known, double now_s) const;

    std::string root_;
    std::map<std::string, Known> known_; ///< by the folder
    std::vector<std::string> remarks_;
};

/// The last lines of a run's progress.jsonl, in the order of the file; none where there is no such file.
std::vector<nlohmann::json> last_events(const std::string& folder, std::size_t most);

} // namespace lapilli::collection
