// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "parallel/communicator.hpp"

namespace lapilli::parallel {

/// MPI from the first to the last line of `main`. Finalizes when it goes out of scope, but not while an exception unwinds:
/// a rank that is alone with its error must not wait for the others.
class Session {
public:
    Session(int& argc, char**& argv);
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

private:
    int exceptions_;
};

/// Ends all ranks at once. For an error that only this rank knows of.
[[noreturn]] void abort_all(int code);

/// Ends a program that a launcher started, with `code` (not 0), on all ranks that have come to it together. Where the
/// launcher speaks PMIx, it is told to end the job: it would print a banner about every other end that is not 0. Elsewhere
/// this returns, for an end in the ordinary way. Collective.
void leave_together(const Communicator& world, int code);

} // namespace lapilli::parallel
