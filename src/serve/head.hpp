// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "serve/host_names.hpp"
#include "serve/request.hpp"

#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>

namespace lapilli::serve {

/// Reads the head of a request; it has no body.
using HeadParser = boost::beast::http::request_parser<boost::beast::http::empty_body>;

constexpr std::size_t longest_head = 16'384; // bytes

/// What a parser has read, if this server answers such requests: GET or HEAD of HTTP/1, one Host of ours, no body.
/// @throws Refusal 400, 405, 421, 505
Request read_head(const HeadParser& parser, const HostNames& hosts);

/// Why the parser stopped, in words for who has sent it.
Refusal refusal_of_head(const boost::beast::error_code& error);

} // namespace lapilli::serve
