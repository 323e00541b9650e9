// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "serve/answer.hpp"

#include <nlohmann/json.hpp>

namespace lapilli::serve {

Answer error_answer(int status, const std::string& sentence)
{
    const nlohmann::json error{{"error", sentence}};
    Answer answer{.status = status};
    // what stands in a sentence may come from a request or a file, so it need not be UTF-8
    answer.text = shared_text(error.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
    answer.heads.emplace_back("Cache-Control", "no-store");
    return answer;
}

} // namespace lapilli::serve
