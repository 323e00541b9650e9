// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <array>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

namespace lapilli::launch {

/// Two pipes, and a thread that passes on to the standard output and the standard error what a child process says. What
/// comes to the standard error is held back at first: until the ranks are there, it is mpirun that speaks.
class Relay {
public:
    /// @throws Error no pipe can be made
    Relay();
    ~Relay();
    Relay(const Relay&) = delete;
    Relay& operator=(const Relay&) = delete;

    int output_entrance() const { return output_[1]; } ///< for the child
    int error_entrance() const { return error_[1]; }
    /// Once the child has the entrances, which are closed here.
    void begin();
    /// Passes on what has been held back of the errors, and all that comes.
    void let_errors_pass();
    /// Passes on no errors from now on but what the program itself says.
    void let_own_errors_pass();
    /// What has been held back.
    std::string held() const;
    /// Waits for the end of what comes; false where not all of the output could be passed on.
    bool finish();

private:
    enum class Errors { held, own, all };

    void copy();
    void take_errors(std::string_view bytes);
    void change(Errors errors);
    void pass_lines(bool at_end);

    std::array<int, 2> output_{-1, -1};
    std::array<int, 2> error_{-1, -1};
    bool complete_ = true;    ///< belongs to the copier until it has ended
    mutable std::mutex turn_; ///< for the following
    Errors errors_ = Errors::held;
    std::string held_; ///< or the beginning of a line
    std::thread copier_;
};

} // namespace lapilli::launch
