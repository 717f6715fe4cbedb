#include "web/routes.h"

#include <algorithm>

#include "web/comment_count.h"
#include "web/comment_events.h"
#include "web/comment_post.h"
#include "web/comment_tasks.h"
#include "web/files.h"
#include "web/pages.h"
#include "web/password_post.h"
#include "web/reader_pages.h"
#include "web/reader_post.h"
#include "web/vote_post.h"

namespace web {
namespace {

using http::Method;
using Caching = Route::Caching;

// In the order in which they are tried.
constexpr Route table[] = {
    {.method = Method::get, .pattern = "/", .access = Access::public_, .show = show_front, .caching = Caching::pages},
    {.method = Method::get, .pattern = "/search", .access = Access::public_, .show = show_search},
    {.method = Method::get, .pattern = "/theme/*", .access = Access::public_, .show = show_theme_file, .caching = Caching::pages},
    {.method = Method::get, .pattern = "/avatar/*", .access = Access::public_, .show = show_avatar, .caching = Caching::pages},
    {.method = Method::get, .pattern = "/media/*", .access = Access::public_, .show = show_media, .limit = Limit::none},
    {.method = Method::get, .pattern = "/robots.txt", .access = Access::public_, .show = show_robots, .caching = Caching::pages},
    {.method = Method::get, .pattern = "/favicon.ico", .access = Access::public_, .show = show_no_icon, .limit = Limit::none},
    {.method = Method::get, .pattern = "/favicon.svg", .access = Access::public_, .show = show_icon, .caching = Caching::pages},
    {.method = Method::get, .pattern = "/comment/edit", .access = Access::public_, .show = show_comment_edit},
    {.method = Method::post,
     .pattern = "/comment/edit",
     .access = Access::form,
     .take = take_comment_edit,
     .refuse = refuse_comment_edit,
     .text = "comment",
     .limit = Limit::comments},
    {.method = Method::get, .pattern = "/comment/delete", .access = Access::public_, .show = show_comment_delete},
    {.method = Method::post,
     .pattern = "/comment/delete",
     .access = Access::form,
     .take = take_comment_delete,
     .refuse = refuse_comment_delete,
     .limit = Limit::comments},
    {.method = Method::get, .pattern = "/comment/report", .access = Access::public_, .show = show_comment_report},
    {.method = Method::post,
     .pattern = "/comment/report",
     .access = Access::form,
     .take = take_comment_report,
     .refuse = refuse_comment_report,
     .text = "words",
     .limit = Limit::comments},
    {.method = Method::post,
     .pattern = "/comment/vote",
     .access = Access::form,
     .take = take_vote,
     .refuse = refuse_vote,
     .limit = Limit::readers},
    {.method = Method::get,
     .pattern = "/comment/count/*",
     .access = Access::public_,
     .show = show_comment_count,
     .caching = Caching::pages},
    {.method = Method::get, .pattern = "/comment/events/*", .access = Access::public_, .show = show_comment_events},
    {.method = Method::get, .pattern = "/comment/*", .access = Access::public_, .show = show_comment_place},
    {.method = Method::post,
     .pattern = "/comment",
     .access = Access::form,
     .take = take_comment,
     .refuse = refuse_comment,
     .text = "comment",
     .limit = Limit::comments},
    {.method = Method::post,
     .pattern = "/password",
     .access = Access::form,
     .take = take_password,
     .refuse = refuse_password,
     .limit = Limit::passwords},
    {.method = Method::get, .pattern = "/reader", .access = Access::public_, .show = show_reader},
    {.method = Method::post,
     .pattern = "/reader/sign-in",
     .access = Access::form,
     .take = take_sign_in,
     .refuse = refuse_sign_in,
     .limit = Limit::readers},
    {.method = Method::get, .pattern = "/reader/confirm", .access = Access::public_, .show = show_confirm},
    {.method = Method::post,
     .pattern = "/reader/confirm",
     .access = Access::form,
     .take = take_confirm,
     .refuse = refuse_reader,
     .limit = Limit::readers},
    {.method = Method::post,
     .pattern = "/reader/sign-out",
     .access = Access::form,
     .take = take_sign_out,
     .refuse = refuse_reader,
     .limit = Limit::readers},
    {.method = Method::get, .pattern = "/reader/follow", .access = Access::public_, .show = show_follow},
    {.method = Method::post,
     .pattern = "/reader/follow",
     .access = Access::form,
     .take = take_follow,
     .refuse = refuse_reader,
     .limit = Limit::readers},
    {.method = Method::get, .pattern = "/reader/unfollow", .access = Access::public_, .show = show_unfollow},
    {.method = Method::post,
     .pattern = "/reader/unfollow",
     .access = Access::capability,
     .take = take_unfollow,
     .refuse = refuse_reader,
     .limit = Limit::readers},
    {.method = Method::get, .pattern = "*", .access = Access::public_, .show = show_address, .caching = Caching::pages},
};

constexpr bool is_complete(const Route& route) {
  if (route.method == Method::get) return route.access == Access::public_ && route.show != nullptr && route.take == nullptr;
  const bool is_proven = route.access == Access::form || route.access == Access::capability;
  return is_proven && route.show == nullptr && route.take != nullptr && route.refuse != nullptr && route.limit != Limit::none &&
         route.limit != Limit::pages;
}
static_assert(std::all_of(std::begin(table), std::end(table), is_complete),
              "a route says who may use it, and what it refuses with");

constexpr bool fits(std::string_view pattern, std::string_view path) {
  if (!pattern.ends_with('*')) return pattern == path;
  pattern.remove_suffix(1);
  return path.starts_with(pattern);
}

bool accepts(Method row, Method asked) { return row == asked || (row == Method::get && asked == Method::head); }

// The one pattern that a path belongs to.
std::string_view pattern_of(std::string_view path) {
  const auto route = std::find_if(std::begin(table), std::end(table), [&](const Route& row) { return fits(row.pattern, path); });
  return route->pattern;  // the last row fits everything
}

}  // namespace

std::span<const Route> routes() { return table; }

const Route* find_route(Method method, std::string_view path) {
  const std::string_view pattern = pattern_of(path);
  const auto route = std::find_if(std::begin(table), std::end(table),
                                  [&](const Route& row) { return row.pattern == pattern && accepts(row.method, method); });
  return route == std::end(table) ? nullptr : &*route;
}

std::string allowed_methods(std::string_view path) {
  const std::string_view pattern = pattern_of(path);
  std::string allowed;
  for (const Route& row : table) {
    if (row.pattern == pattern) allowed += row.method == Method::get ? "GET, HEAD, " : "POST, ";
  }
  return allowed + "OPTIONS";
}

}  // namespace web
