// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "serve/answer.hpp"
#include "serve/target.hpp"

#include <functional>
#include <string>

namespace lapilli::serve {

/// A GET or HEAD whose head has been read and found well.
struct Request {
    bool head_only = false; ///< HEAD
    bool keep_alive = true;
    bool patient = false; ///< what takes long may be done now
    std::string host;
    Target target;
    std::string if_none_match, if_range, range;
};

/// The status of an answer that takes long: the request is to be handed in again, where it is patient and keeps nobody
/// waiting.
constexpr int later = 0;

/// Answers a request; called by several threads. @throws Refusal
using Handler = std::function<Answer(const Request&)>;

/// The handler's answer; what it refuses is an answer too, and so is whatever goes wrong. Ranges and tags are seen to.
Answer answer_to(const Request& request, const Handler& handler);

} // namespace lapilli::serve
