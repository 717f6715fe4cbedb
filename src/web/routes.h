// The route table: every address of the site, what it takes and who may use it. Nothing is open by omission: a row without an
// access, and a row that changes something without a refusal of its own, do not compile. Only the table decides; handlers are
// never called in any other way.
#pragma once

#include <span>
#include <string_view>

#include "base/result.h"
#include "http/server.h"
#include "web/site_parts.h"
#include "web/visit.h"

namespace web {

enum class Access {
  unset,    // refused when the table is compiled
  public_,  // anybody; changes nothing (invariant 5)
  form,     // anybody with proof that the form came from our own page, within the rate limit
  // Whoever holds the capability in the request, within the rate limit: no proof of origin, because programs of mail send it (RFC
  // 8058), and no cookie is read. The capability names the one thing that it changes.
  capability,
};

// Which bucket a request takes from. `pages`: each page that must be made; those that stand ready cost nothing. `none`: it is not
// known before whether there is a page to make; the handler asks by refuse_haste where there is.
enum class Limit { pages, none, comments, passwords, readers };

struct Route {
  http::Method method = http::Method::other;
  std::string_view pattern;  // exact; "/name/*": everything below; "*": everything
  Access access = Access::unset;

  // For get: HEAD takes the same row.
  MadePage (*show)(SiteParts& parts, const Visit& visit) = nullptr;
  enum class Caching { never, pages } caching = Caching::never;

  // For post.
  void (*take)(SiteParts& parts, std::shared_ptr<const Visit> visit, http::Reply reply) = nullptr;
  // The same form given back: the refusals of proof and rate limit come here (invariant 2).
  void (*refuse)(SiteParts& parts, std::shared_ptr<const Visit> visit, http::Reply reply, const base::Error& error) = nullptr;

  std::string_view text = {};  // the field that holds what its sender wrote: it is shown to them where nobody can take the form

  Limit limit = Limit::pages;
};

std::span<const Route> routes();

// The row for a method and a path, nothing else. nullptr: see allowed_methods.
const Route* find_route(http::Method method, std::string_view path);
// For Allow: "GET, HEAD, OPTIONS"; the methods of the first pattern that fits this path.
std::string allowed_methods(std::string_view path);

}  // namespace web
