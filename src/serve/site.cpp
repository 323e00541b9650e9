// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "serve/site.hpp"

#include "serve/run_id.hpp"

#include <fmt/format.h>

#include <functional>

namespace lapilli::serve {

Descriptor Call::folder() const
{
    auto opened = site.root.open_folder(folder_of(id));
    if (!opened) throw refusal(404, "there is no run {}", id);
    if (!stamps_of(opened.get()).any()) throw refusal(404, "the folder {} has no results of lapilli", id);
    return opened;
}

Answer cached(const Call& call, TextCache& cache, const std::string& key, const std::function<CachedText()>& make)
{
    auto found = cache.find(key);
    if (found) {
        ++call.site.metrics.planes_cached;
    } else if (!call.request.patient) {
        return {.status = later};
    } else {
        found = make();
        ++call.site.metrics.planes_read;
        cache.keep(key, *found);
    }
    Answer answer{.type = found->type, .heads = found->heads, .text = found->text};
    answer.heads.emplace_back("ETag", tag_of(key));
    return answer;
}

std::string tag_of(const std::string& text) { return fmt::format("\"{:016x}\"", std::hash<std::string>()(text)); }

Answer json_answer(const std::string& object, const std::string& tag)
{
    Answer answer;
    answer.text = shared_text(fmt::format("{{\"now\":{:.1f},{}", now_s(), object.substr(1)));
    answer.heads.emplace_back("ETag", tag);
    return answer;
}

} // namespace lapilli::serve
