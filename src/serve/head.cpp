// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "serve/head.hpp"

namespace lapilli::serve {

namespace {

namespace http = boost::beast::http;

std::string text_of(boost::beast::string_view text) { return {text.data(), text.size()}; }

/// Two heads of one name could be read in two ways, by us and by whoever stands before us.
std::string only(const http::fields& heads, http::field name)
{
    const auto range = heads.equal_range(name);
    if (range.first == range.second) return "";
    if (std::next(range.first) != range.second)
        throw refusal(400, "the request has the head {} twice", text_of(http::to_string(name)));
    return text_of(range.first->value());
}

void require_no_body(const http::request_header<>& head)
{
    const auto length = only(head, http::field::content_length);
    if (head.count(http::field::transfer_encoding) > 0 || !(length.empty() || length == "0"))
        throw refusal(400, "the request has a body, but nothing is taken here: all that is served can only be read");
}

} // namespace

Request read_head(const HeadParser& parser, const HostNames& hosts)
{
    const auto& head = parser.get();
    if (head.version() != 10 && head.version() != 11) throw refusal(505, "the request is not of HTTP/1.0 or HTTP/1.1");
    if (head.method() != http::verb::get && head.method() != http::verb::head)
        throw refusal(405, "only GET and HEAD are answered: all that is served can only be read");
    require_no_body(head);
    Request request{.head_only = head.method() == http::verb::head, .keep_alive = head.keep_alive()};
    request.host = only(head, http::field::host);
    if (!hosts.allow(request.host))
        throw refusal(421, "this server does not answer to the name that the request has in Host; whoever runs it can "
                           "allow it by --host NAME");
    request.target = read_target(text_of(head.target()));
    request.if_none_match = only(head, http::field::if_none_match);
    request.if_range = only(head, http::field::if_range);
    request.range = only(head, http::field::range);
    return request;
}

Refusal refusal_of_head(const boost::beast::error_code& error)
{
    if (error == http::error::header_limit)
        return refusal(431, "the head of the request has more than {} bytes", longest_head);
    if (error == http::error::bad_version) return refusal(505, "the request is not of HTTP/1.0 or HTTP/1.1");
    return refusal(400, "the request is not as HTTP says");
}

} // namespace lapilli::serve
