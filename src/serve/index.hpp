// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "serve/beneath.hpp"
#include "serve/run_row.hpp"

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace lapilli::serve {

/// All runs below DIR at one moment.
struct Snapshot {
    std::vector<std::shared_ptr<const RunRow>> rows; ///< by their ids
    std::uint64_t version = 0;                       ///< of two with the same rows it is the same
    std::string remark;                              ///< what of DIR is not shown, and why; else empty
    double seconds = 0;                              ///< that it took
};

/// Looks through DIR every two seconds, at names and stamps; only what has changed is read. One thread of its own.
class Index {
public:
    static constexpr std::size_t most_folders = 10'000;

    explicit Index(const Beneath& root);
    ~Index();
    Index(const Index&) = delete;
    Index& operator=(const Index&) = delete;

    std::shared_ptr<const Snapshot> snapshot() const;
    /// Why it should not be asked: nothing has been seen yet, or not for long. Else empty.
    std::string not_ready() const;

private:
    void run();
    void look();

    const Beneath& root_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    bool ends_ = false;
    std::shared_ptr<const Snapshot> snapshot_ = std::make_shared<const Snapshot>();
    std::string failure_;
    double looked_s_ = 0;
    std::thread thread_;
};

/// What stands in the tree below the root, once. Rows of `before` whose files have not changed are taken over.
Snapshot look_through(const Beneath& root, const Snapshot& before, double now_s);

} // namespace lapilli::serve
