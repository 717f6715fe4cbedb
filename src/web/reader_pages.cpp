#include "web/reader_pages.h"

#include <exception>

#include "desk/follow_replies.h"
#include "desk/read_site.h"
#include "desk/sign_in.h"
#include "web/answers.h"
#include "web/pages.h"
#include "web/reader_cookies.h"

namespace web {
namespace {

using Kind = view::ReaderPage::Kind;

MadePage show(const SiteParts& parts, const view::ReaderPage& page) { return {.response = reader_answer(parts, 200, page)}; }

// A page with a button, if the link of the mail is good.
MadePage show_button(SiteParts& parts, const Visit& visit, Kind kind,
                     base::Result<void> (*check)(const desk::Desk&, std::string_view)) {
  if (!parts.desk.settings.sends_mail) return show_address(parts, visit);
  const std::string key(visit.parameter("key").value_or(""));
  if (const base::Result<void> good = check(parts.desk, key); !good) return {.response = refuse_link(parts, visit, good.error())};
  return show(parts, {.kind = kind, .key = key});
}

view::ReaderPage account_page(const desk::ReaderAccount& account) {
  view::ReaderPage page{.kind = Kind::signed_in, .name = account.name};
  for (const desk::ReaderAccount::Followed& followed : account.follows)
    page.follows.push_back({followed.headline, followed.address, followed.capability});
  return page;
}

}  // namespace

http::Response reader_answer(const SiteParts& parts, int status, const view::ReaderPage& page) {
  news::SiteFrame frame;
  try {
    frame = desk::read_frame(parts.desk);
  } catch (const std::exception&) {
    // Then the page goes without menus.
  }
  return page_answer(status, view::render_reader(*parts.theme(), site_around(parts, frame), page), Audience::personal);
}

http::Response refuse_link(const SiteParts& parts, const Visit& visit, const base::Error& error) {
  const int status = status_of(error.code);
  if (visit.wants_json) return json_error(parts, status, error);
  return reader_answer(parts, status, {.kind = Kind::refused, .refusal = error.key});
}

MadePage show_reader(SiteParts& parts, const Visit& visit) {
  if (!parts.desk.settings.sends_mail) return show_address(parts, visit);
  if (const news::ReaderId reader = desk::reader_of_session(parts.desk, session_cookie(visit))) {
    if (const auto account = desk::read_account(parts.desk, reader)) return show(parts, account_page(*account));
  }
  return show(parts, {.kind = visit.parameter("sent") ? Kind::sent : Kind::sign_in});
}

MadePage show_confirm(SiteParts& parts, const Visit& visit) {
  return show_button(parts, visit, Kind::confirm, desk::check_sign_in);
}

MadePage show_follow(SiteParts& parts, const Visit& visit) { return show_button(parts, visit, Kind::follow, desk::check_follow); }

MadePage show_unfollow(SiteParts& parts, const Visit& visit) {
  return show_button(parts, visit, Kind::unfollow, desk::check_unfollow);
}

}  // namespace web
