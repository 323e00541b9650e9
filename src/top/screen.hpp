// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace lapilli::top {

enum class Key { none, up, down, page_up, page_down, enter, back, quit, sort };

/// The terminal behind stdin and stdout while it is a live page: the alternate screen, without a cursor, and keys as they
/// are pressed. It is as it was before when this ends, however it ends; only SIGKILL leaves nobody who could see to that.
/// Ctrl-Z gives it back until the process goes on. One at a time.
class Screen {
public:
    Screen();
    ~Screen();
    Screen(const Screen&) = delete;
    Screen& operator=(const Screen&) = delete;

    /// Whether there is a terminal on both sides that knows how to be one.
    static bool possible();

    std::size_t columns() const;
    std::size_t rows() const;
    /// The page from its first line on; each line is no wider than the screen.
    void draw(const std::vector<std::string>& lines) const;
    /// The next key; `none` after so many seconds, or where the screen has another size; `quit` where the terminal is gone.
    Key wait(double seconds);

private:
    Key take_key();

    std::string typed_; ///< bytes that no key has been made of yet
};

} // namespace lapilli::top
