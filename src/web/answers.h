// Responses as this site words them: pages, redirects, refusals as a page or as JSON. Every refusal is made from the same Error,
// whoever asks.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "http/message.h"
#include "text/html.h"
#include "view/pages.h"
#include "web/site_parts.h"
#include "web/visit.h"

namespace web {

// Public answers may be kept by caches that ask back each time; personal ones by nobody, and no search engine lists them.
enum class Audience { public_, personal };

http::Response page_answer(int status, const text::Html& page, Audience audience);
http::Response json_answer(int status, std::string body, Audience audience);
http::Response text_answer(int status, std::string_view type, std::string body);

// `location` is an address of ours or one that the newsroom stored, never one that the request names. `written_query` is added to
// it.
http::Response redirect(int status, std::string_view location, std::string_view written_query = {});

// The query as it was written, without the parameters named.
std::string query_without(const Visit& visit, std::initializer_list<std::string_view> names);

int status_of(base::Errc code);

// {"error":{"key":…,"message":…,"fields":[{"field":…,"key":…,"message":…}]}}
http::Response json_error(const SiteParts& parts, int status, const base::Error& error);

// A refusal that looks like the site and needs no database. JSON for scripts.
http::Response error_answer(const SiteParts& parts, const Visit& visit, int status, const base::Error& error);

// Before a page is made: the refusal of a client who has pages made too fast; nothing if this one may be made.
std::optional<http::Response> refuse_haste(SiteParts& parts, const Visit& visit);

// What to say when a handler threw: 503 if the world failed (std::runtime_error: the database is away, the disk is full), 500 for
// a bug. Logs the cause.
http::Response failure_answer(const SiteParts& parts, const Visit& visit, const std::exception& cause);

// Around every page. Borrows its arguments.
view::Site site_around(const SiteParts& parts, const news::SiteFrame& frame);

}  // namespace web
