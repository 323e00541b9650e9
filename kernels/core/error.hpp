// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <fmt/core.h>

#include <stdexcept>
#include <string>
#include <utility>

namespace lapilli {

/// How the process ends; 0, 2, 3 and 4 are final, the others may heal.
enum class ExitCode : int {
    done = 0,
    failed = 1,
    wrong_input = 2,
    not_converged = 3,
    fenced = 4, ///< another run has taken over the result folder
    hosts_missing = 75,
    stopped = 143 ///< on request, by a signal
};

/// As the system is told.
constexpr int exit_status(ExitCode code) { return static_cast<int>(code); }

/// A refusal that a person can act on. `what()` is one sentence: what happened; what was expected; what to do.
class Error : public std::runtime_error {
public:
    Error(ExitCode code, const std::string& sentence) : std::runtime_error(sentence), code_(code) {}
    ExitCode code() const noexcept { return code_; }

private:
    ExitCode code_;
};

/// Wrong usage or input: exit code 2, never retried.
template <class... Args>
Error input_error(fmt::format_string<Args...> sentence, Args&&... args)
{
    return {ExitCode::wrong_input, fmt::format(sentence, std::forward<Args>(args)...)};
}

/// A failure of the surroundings (disk, memory, network) that may heal: exit code 1.
template <class... Args>
Error failure(fmt::format_string<Args...> sentence, Args&&... args)
{
    return {ExitCode::failed, fmt::format(sentence, std::forward<Args>(args)...)};
}

} // namespace lapilli
