// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "serve/request.hpp"

#include "core/error.hpp"
#include "serve/range.hpp"

#include <algorithm>
#include <new>

namespace lapilli::serve {

namespace {

std::string head_of(const Answer& answer, const std::string& name)
{
    const auto found = std::ranges::find(answer.heads, name, &std::pair<std::string, std::string>::first);
    return found == answer.heads.end() ? "" : found->second;
}

/// The client has that already. A list of tags, or "*", as in RFC 9110; weak ones are the same.
bool is_known(const std::string& tag, std::string_view known)
{
    if (known == "*") return true;
    while (!known.empty()) {
        auto one = known.substr(0, known.find(','));
        known.remove_prefix(std::min(known.size(), one.size() + 1));
        while (one.starts_with(' ')) one.remove_prefix(1);
        while (one.ends_with(' ')) one.remove_suffix(1);
        if (one.starts_with("W/")) one.remove_prefix(2);
        if (one == tag) return true;
    }
    return false;
}

Answer handled(const Request& request, const Handler& handler)
{
    auto answer = handler(request);
    const auto tag = head_of(answer, "ETag");
    if (answer.status == 200 && !tag.empty() && is_known(tag, request.if_none_match)) {
        answer.status = 304;
        answer.text.reset();
        answer.file.reset();
    } else if (answer.status == 200 && answer.file) {
        const bool same = request.if_range.empty() || request.if_range == tag;
        answer.heads.emplace_back("Accept-Ranges", "bytes");
        if (same && !request.range.empty()) cut_to_range(answer, request.range);
    }
    return answer;
}

} // namespace

Answer answer_to(const Request& request, const Handler& handler)
{
    try {
        return handled(request, handler);
    } catch (const Refusal& refused) {
        return error_answer(refused.status(), refused.what());
    } catch (const Error& error) { // of a file that is not as it should be, or of a disk that fails
        return error_answer(error.code() == ExitCode::wrong_input ? 422 : 503, error.what());
    } catch (const std::bad_alloc&) {
        return error_answer(503, "there is no memory for this answer; ask again later");
    } catch (const std::exception&) { // whose words may tell of the inside
        return error_answer(500, "the server has made a mistake; please report the address that was asked for");
    }
}

} // namespace lapilli::serve
