// Invariant 5 by tables that a new kind of capability and a new route cannot stay out of: each capability tried for another
// purpose, object, person and time; each form without its proof; every address read with all proofs in hand.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <map>

#include "base/format.h"
#include "desk/capability.h"
#include "desk/moderate_comment.h"
#include "desk/post_comment.h"
#include "desk/send_mail.h"
#include "desk/voter.h"
#include "site/mail_site.h"
#include "text/url.h"
#include "web/routes.h"

namespace site {
namespace {

using base::Purpose;

// Which purposes are those of capabilities: a new one does not compile until that is said here, and then the test asks for its
// door.
constexpr Purpose last_purpose = Purpose::message_id;
constexpr bool is_capability(Purpose purpose) {
  switch (purpose) {
    case Purpose::held_comment:
    case Purpose::reader:
    case Purpose::article_access:
    case Purpose::edit_comment:
    case Purpose::delete_comment:
    case Purpose::browser:
    case Purpose::sign_in:
    case Purpose::session:
    case Purpose::follow:
    case Purpose::unfollow: return true;
    case Purpose::email_seal:
    case Purpose::email_lookup:
    case Purpose::submission:
    case Purpose::client:
    case Purpose::form_stamp:
    case Purpose::reader_mark:
    case Purpose::message_id: return false;
  }
  return true;
}

std::string before(const std::string& text, std::string_view end) { return text.substr(0, text.find(end)); }
std::string behind(const std::string& text, std::string_view begin) {
  const std::size_t at = text.find(begin);
  return at == std::string::npos ? std::string() : text.substr(at + begin.size());
}

std::string link_key(const http::Response& page, const std::string& path) {
  return before(behind(page.body, path + "?grant="), "\"");
}

// What two people were given by a site that has two of everything: comments that wait, articles with passwords, links by mail,
// sessions. Tokens by their purpose, as the site handed them out.
using Tokens = std::map<Purpose, std::string>;
constexpr const char* locked_words = "The secret is out.";

class Scene {
 public:
  Scene() : site(mailing_settings(news::Moderation::all)) {
    article = site.publish("The bridge opens");
    std::ofstream(site.folder() / "media/bridge.svg") << "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
    for (const std::string name : {"Ada", "Ben"}) {
      desk::PublishRequest request = TestSite::some_article("For " + name);
      request.password = "sesame " + name;
      request.body = locked_words;
      locked.push_back(site.publish(request));
    }
    EXPECT_EQ(send("/comment", site.filled_form(article, "For all.", "Cem Public", "cem@example.org")).status, 303);
    EXPECT_TRUE(desk::moderate_comments(site.desk(), desk::operator_at_the_command_line, {{1}}, news::CommentStatus::published));
    mine = live_as("Ada", locked[0]);
    others = live_as("Ben", locked[1]);
  }

  // From a network of its own each time, so that no limit stands in the way of what is looked at.
  http::Response send(std::string target, const Fields& fields, const std::string& cookie = {},
                      std::vector<http::Header> headers = {{"Sec-Fetch-Site", "same-origin"}}) {
    if (!cookie.empty()) headers.push_back({"Cookie", cookie});
    http::Request request = make_post(std::move(target), fields, std::move(headers));
    request.client = base::format("198.51.{}.{}", clients_ / 250, clients_ % 250);
    ++clients_;
    return site.handle(std::move(request));
  }
  http::Response get(std::string target, const std::string& cookie = {}) {
    return site.handle(make_get(std::move(target),
                                cookie.empty() ? std::vector<http::Header>{} : std::vector<http::Header>{{"Cookie", cookie}}));
  }
  Fields password_form() {
    const http::Response page = get(locked[0].address);
    return {
        {"article", field_value(page.body, "article")}, {"stamp", field_value(page.body, "stamp")}, {"password", "sesame Ada"}};
  }
  std::string all_cookies() const {
    return base::format("reader={}; session={}; browser={}; article-{}={}", mine.at(Purpose::reader), mine.at(Purpose::session),
                        mine.at(Purpose::browser), locked[0].id.value, mine.at(Purpose::article_access));
  }

  TestSite site;
  desk::PublishedArticle article;
  std::vector<desk::PublishedArticle> locked;
  Tokens mine, others;

 private:
  Tokens live_as(const std::string& name, const desk::PublishedArticle& locked_article) {
    const std::string email = name + "@example.org";
    Tokens tokens;
    Fields form = site.filled_form(article, "Words of " + name, name + " Reader", email);
    form.emplace_back("replies", "1");
    const http::Response posted = send("/comment", form);
    tokens[Purpose::held_comment] = before(behind(header(posted, "Location"), "posted="), "#");
    tokens[Purpose::reader] = before(behind(header(posted, "Set-Cookie"), "reader="), ";");
    const http::Response own = get(article.address + "?posted=" + tokens[Purpose::held_comment]);
    tokens[Purpose::edit_comment] = link_key(own, "/comment/edit");
    tokens[Purpose::delete_comment] = link_key(own, "/comment/delete");
    EXPECT_EQ(send("/reader/follow", {{"key", next_key()}}).status, 200);
    EXPECT_EQ(send("/reader/sign-in", {{"email", email}}).status, 303);
    const http::Response signed_in = send("/reader/confirm", {{"key", next_key()}});
    tokens[Purpose::session] = before(behind(header(signed_in, "Set-Cookie"), "session="), ";");
    tokens[Purpose::unfollow] = field_value(get("/reader", "session=" + tokens[Purpose::session]).body, "key");
    EXPECT_EQ(send("/reader/sign-in", {{"email", email}}).status, 303);
    tokens[Purpose::sign_in] = next_key();
    form[6].second = "More words of " + name;
    EXPECT_EQ(send("/comment", form).status, 303);
    tokens[Purpose::follow] = next_key();  // of a wish that is not confirmed yet
    tokens[Purpose::browser] = before(behind(header(send("/comment/vote", {{"up", "1"}}), "Set-Cookie"), "browser="), ";");
    const http::Response page = get(locked_article.address);
    const http::Response opened = send("/password", {{"article", std::to_string(locked_article.id.value)},
                                                     {"stamp", field_value(page.body, "stamp")},
                                                     {"password", "sesame " + name}});
    tokens[Purpose::article_access] = before(behind(header(opened, "Set-Cookie"), "="), ";");
    return tokens;
  }

  // Of the link in the mail that goes out next.
  std::string next_key() {
    const std::optional<desk::DueMail> due = desk::take_due_mail(site.desk());
    if (!due) throw std::runtime_error("no mail was made");
    desk::settle_mail(site.desk(), *due, desk::MailFate::sent, {});
    return behind(due->letter.address, "key=");
  }

  int clients_ = 0;
};

// What a capability is for. `looks` changes nothing, `acts` does what it is for; each says whether the door opened.
struct Door {
  std::function<bool(const std::string&)> looks;
  std::function<bool(const std::string&)> acts = {};
};

bool lessens(Scene& scene, const std::string& table, const std::function<void()>& act) {
  const std::int64_t rows = count_rows(scene.site, table);
  act();
  return count_rows(scene.site, table) < rows;
}

Door door_of(Scene& scene, Purpose purpose) {
  const auto shows = [&scene](const std::string& path) {
    return [&scene, path](const std::string& token) { return scene.get(path + token).status == 200; };
  };
  const auto takes = [&scene](const std::string& path, const std::string& field) {
    return [&scene, path, field](const std::string& token) {
      return scene.send(path, {{field, token}, {"comment", "Changed."}}).status < 400;
    };
  };
  switch (purpose) {
    case Purpose::held_comment:
      return {[&](const std::string& token) {
        return contains(scene.get(scene.article.address + "?posted=" + token).body, "Only you can see this");
      }};
    case Purpose::edit_comment: return {shows("/comment/edit?grant="), takes("/comment/edit", "grant")};
    case Purpose::delete_comment: return {shows("/comment/delete?grant="), takes("/comment/delete", "grant")};
    case Purpose::sign_in: return {shows("/reader/confirm?key="), takes("/reader/confirm", "key")};
    case Purpose::follow: return {shows("/reader/follow?key="), takes("/reader/follow", "key")};
    case Purpose::unfollow:
      return {shows("/reader/unfollow?key="), [&](const std::string& token) {
                return lessens(scene, "follows", [&] { scene.send("/reader/unfollow", {{"key", token}}); });
              }};
    case Purpose::session:
      return {
          [&](const std::string& token) { return contains(scene.get("/reader", "session=" + token).body, "You are signed in"); },
          [&](const std::string& token) {
            return lessens(scene, "reader_sessions", [&] { scene.send("/reader/sign-out", {}, "session=" + token); });
          }};
    case Purpose::reader:
      return {[&](const std::string& token) { return bool(desk::reader_of_token(scene.site.desk(), token)); }};
    case Purpose::browser:
      return {[&](const std::string& token) {
        return desk::identify_voter(scene.site.desk(), {}, {.token = token, .network = "198.51.100.9", .software = "x"})
            .token.empty();
      }};
    case Purpose::article_access:
      return {[&](const std::string& token) {
        return contains(scene.get(scene.locked[0].address, base::format("article-{}={}", scene.locked[0].id.value, token)).body,
                        locked_words);
      }};
    default:
      ADD_FAILURE() << "no test knows what the capability of purpose " << static_cast<int>(purpose) << " opens";
      return {[](const std::string&) { return true; }};
  }
}

TEST(Proofs, Every_capability_is_refused_for_another_purpose_object_or_person_and_after_its_time) {
  Scene scene;
  const base::Secrets& secrets = scene.site.secrets();
  const base::Time now = scene.site.clock().now();
  const std::string digest = scene.site.database_digest();
  std::vector<std::pair<Door, std::string>> good;
  for (int number = 0; number <= static_cast<int>(last_purpose); ++number) {
    const auto purpose = static_cast<Purpose>(number);
    if (!is_capability(purpose)) continue;
    SCOPED_TRACE(base::format("purpose {}", number));
    const Door door = door_of(scene, purpose);
    const std::string& token = scene.mine[purpose];
    const auto mine = desk::redeem(secrets, purpose, token, now);
    const auto others = desk::redeem(secrets, purpose, scene.others[purpose], now);
    ASSERT_TRUE(mine && others) << "the site gave none";
    ASSERT_NE(mine->object, others->object);
    ASSERT_NE(mine->subject, others->subject);

    std::vector<std::string> wrong = {"", "x", token.substr(1), token + "A",
                                      desk::issue(base::Secrets::ephemeral(), purpose, *mine)};
    for (int other = 0; other <= static_cast<int>(last_purpose); ++other)
      if (other != number) wrong.push_back(desk::issue(secrets, static_cast<Purpose>(other), *mine));
    wrong.push_back(desk::issue(secrets, purpose, {others->object, mine->subject, mine->expires}));
    wrong.push_back(desk::issue(secrets, purpose, {mine->object, others->subject, mine->expires}));
    wrong.push_back(desk::issue(secrets, purpose, {mine->object, mine->subject, now}));
    for (std::size_t i = 0; i < wrong.size(); ++i) {
      EXPECT_FALSE(door.looks(wrong[i])) << "wrong one " << i;
      EXPECT_FALSE(door.acts && door.acts(wrong[i])) << "wrong one " << i;
    }
    EXPECT_EQ(scene.site.database_digest(), digest);
    EXPECT_TRUE(door.looks(token));
    good.emplace_back(door, token);
  }
  EXPECT_EQ(scene.site.database_digest(), digest);
  // What was refused above is what opens these doors when everything is right.
  for (const auto& [door, token] : good) EXPECT_TRUE(!door.acts || door.acts(token));
}

// --- Forms

// A form as its owner would send it.
Fields form_for(Scene& scene, std::string_view pattern) {
  if (pattern == "/comment") return scene.site.filled_form(scene.article, "New words.", "Dana New", "dana@example.org");
  if (pattern == "/comment/edit") return {{"grant", scene.mine[Purpose::edit_comment]}, {"comment", "Changed."}};
  if (pattern == "/comment/delete") return {{"grant", scene.mine[Purpose::delete_comment]}};
  if (pattern == "/comment/report") return {{"comment", "1"}, {"reason", "spam"}};
  if (pattern == "/comment/vote") return {{"down", "1"}};
  if (pattern == "/password") return scene.password_form();
  if (pattern == "/reader/sign-in") return {{"email", "dana@example.org"}};
  if (pattern == "/reader/confirm") return {{"key", scene.mine[Purpose::sign_in]}};
  if (pattern == "/reader/sign-out") return {};
  if (pattern == "/reader/follow") return {{"key", scene.mine[Purpose::follow]}};
  if (pattern == "/reader/unfollow") return {{"key", scene.mine[Purpose::unfollow]}};
  ADD_FAILURE() << "no test knows the form of " << pattern;
  return {};
}

// Everything that a browser says of a form that is not ours.
const std::vector<std::vector<http::Header>> foreign = {
    {},
    {{"Sec-Fetch-Site", "cross-site"}},
    {{"Sec-Fetch-Site", "same-site"}},
    {{"Sec-Fetch-Site", "none"}},
    {{"Sec-Fetch-Site", "cross-site"}, {"Origin", "https://news.example.org"}},
    {{"Origin", "https://evil.example"}},
    {{"Origin", "https://news.example.org.evil.example"}},
    {{"Origin", "null"}},
    {{"Referer", "https://evil.example/https://news.example.org/"}},
};

// The same form with a stamp or a capability that is empty, invented or not there.
std::vector<Fields> without_proof(const Fields& whole) {
  std::vector<Fields> all;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    const std::string& name = whole[i].first;
    if (name != "stamp" && name != "grant" && name != "key") continue;
    for (const char* const value : {"", "x"}) {
      all.push_back(whole);
      all.back()[i].second = value;
    }
    all.push_back(whole);
    all.back().erase(all.back().begin() + static_cast<std::ptrdiff_t>(i));
  }
  return all;
}

TEST(Proofs, Every_form_is_refused_without_the_proof_that_its_route_asks_for) {
  Scene scene;
  std::vector<const web::Route*> forms;
  for (const web::Route& route : web::routes())
    if (route.method == http::Method::post) forms.push_back(&route);
  ASSERT_GE(forms.size(), 11u);
  const std::string digest = scene.site.database_digest();
  for (const web::Route* const route : forms) {
    SCOPED_TRACE(route->pattern);
    const std::string path(route->pattern);
    const Fields whole = form_for(scene, path);
    if (route->access == web::Access::form) {
      for (const std::vector<http::Header>& headers : foreign)
        EXPECT_EQ(scene.send(path, whole, scene.all_cookies(), headers).status, 403)
            << (headers.empty() ? "nothing" : headers.back().value);
    }
    for (const Fields& fields : without_proof(whole)) EXPECT_GE(scene.send(path, fields).status, 400);
    EXPECT_EQ(scene.site.database_digest(), digest);
  }
  // The stamp of one article is none for another.
  Fields elsewhere = scene.password_form();
  elsewhere[0].second = std::to_string(scene.article.id.value);
  EXPECT_GE(scene.send("/password", elsewhere).status, 400);
  Fields stamped = form_for(scene, "/comment");
  stamped[2].second = elsewhere[1].second;
  EXPECT_GE(scene.send("/comment", stamped).status, 400);
  EXPECT_EQ(scene.site.database_digest(), digest);

  for (const web::Route* const route : forms)
    EXPECT_LT(scene.send(std::string(route->pattern), form_for(scene, route->pattern), scene.all_cookies()).status, 400)
        << route->pattern;
  EXPECT_NE(scene.site.database_digest(), digest);
}

// --- Reading

std::string linked(const http::Response& page, const std::string& folder) {
  return folder + before(behind(page.body, "\"" + folder), "\"");
}

TEST(Proofs, Reading_every_address_with_every_proof_in_hand_changes_nothing) {
  Scene scene;
  const http::Response page = scene.get(scene.article.address);
  struct Address {
    std::string target;
    int status;
  };
  std::vector<Address> addresses = {
      {"/", 200},
      {"/search?q=bridge", 200},
      {linked(page, "/theme/"), 200},
      {linked(page, "/avatar/"), 200},
      {"/media/bridge.svg", 200},
      {"/robots.txt", 200},
      {"/favicon.ico", 204},
      {"/favicon.svg", 200},
      {"/comment/edit?comment=Changed.&grant=" + scene.mine[Purpose::edit_comment], 200},
      {"/comment/delete?grant=" + scene.mine[Purpose::delete_comment], 200},
      {"/comment/report?comment=1&reason=spam", 200},
      {base::format("/comment/count/{}", scene.article.id.value), 200},
      {base::format("/comment/events/{}", scene.article.id.value), 200},
      {"/comment/1", 301},
      {"/reader", 200},
      {"/reader/confirm?key=" + scene.mine[Purpose::sign_in], 200},
      {"/reader/follow?key=" + scene.mine[Purpose::follow], 200},
      {"/reader/unfollow?all=1&List-Unsubscribe=One-Click&key=" + scene.mine[Purpose::unfollow], 200},
      {scene.article.address, 200},
      {scene.article.address + "?posted=" + scene.mine[Purpose::held_comment], 200},
      {scene.article.address + "?replytocom=1", 200},
      {scene.article.address + "?thread=1", 200},
      {scene.article.address + "?comments=best", 200},
      {scene.locked[0].address + "?password=sesame", 200},
      {"/nowhere/", 404},
  };
  for (const web::Route& route : web::routes()) {
    if (route.method == http::Method::get) {
      const bool is_read = std::any_of(addresses.begin(), addresses.end(), [&](const Address& one) {
        return web::find_route(http::Method::get, before(one.target, "?")) == &route;
      });
      EXPECT_TRUE(is_read) << "no test reads " << route.pattern;
      continue;
    }
    // A link that carries a whole form.
    std::string target = std::string(route.pattern) + "?";
    for (const auto& [name, value] : form_for(scene, route.pattern)) target += name + "=" + text::percent_encode(value) + "&";
    addresses.push_back({target, 0});
  }
  for (const std::string& address : scene.site.crawl()) addresses.push_back({address, 0});

  const std::string digest = scene.site.database_digest();
  for (const auto& [target, status] : addresses) {
    for (const auto method : {http::Method::get, http::Method::head, http::Method::options}) {
      for (const std::string& cookie : {scene.all_cookies(), std::string()}) {
        http::Request request = make_get(target, {{"Cookie", cookie}});
        request.method = method;
        const http::Response answer = scene.site.handle(std::move(request));
        EXPECT_LT(answer.status, 500) << target;
        const bool is_known = method == http::Method::get && status != 0 && !cookie.empty();
        EXPECT_EQ(answer.status, is_known ? status : answer.status) << target;
      }
    }
    EXPECT_EQ(scene.site.database_digest(), digest) << target;
  }
}

}  // namespace
}  // namespace site
