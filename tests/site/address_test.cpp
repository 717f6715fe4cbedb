// Addresses: every route by every method, and one canonical way of writing each (invariant 7).
#include <gtest/gtest.h>

#include <fstream>

#include "base/format.h"
#include "desk/intake.h"
#include "site/test_site.h"
#include "web/routes.h"

namespace site {
namespace {

http::Response ask(TestSite& site, http::Method method, std::string target) {
  http::Request request = make_get(std::move(target));
  request.method = method;
  return site.handle(std::move(request));
}

TEST(Routes, Every_path_answers_every_method_as_the_table_says) {
  TestSite site;
  const auto article = site.publish("The bridge opens");
  struct Row {
    std::string path;
    int get;
    int post;
    std::string allow;
  };
  const Row rows[] = {
      {"/", 200, 405, "GET, HEAD, OPTIONS"},
      {"/search", 200, 405, "GET, HEAD, OPTIONS"},
      {"/robots.txt", 200, 405, "GET, HEAD, OPTIONS"},
      {"/favicon.ico", 204, 405, "GET, HEAD, OPTIONS"},
      {"/favicon.svg", 200, 405, "GET, HEAD, OPTIONS"},
      {"/theme/nothing.css", 404, 405, "GET, HEAD, OPTIONS"},
      {"/media/nothing.png", 404, 405, "GET, HEAD, OPTIONS"},
      {"/comment/1", 404, 405, "GET, HEAD, OPTIONS"},
      {"/comment", 405, 403, "POST, OPTIONS"},
      {"/password", 405, 403, "POST, OPTIONS"},
      {article.address, 200, 405, "GET, HEAD, OPTIONS"},
      {"/nowhere/", 404, 405, "GET, HEAD, OPTIONS"},
  };
  const std::string before = site.database_digest();
  for (const Row& row : rows) {
    EXPECT_EQ(ask(site, http::Method::get, row.path).status, row.get) << row.path;
    EXPECT_EQ(ask(site, http::Method::head, row.path).status, row.get) << row.path;
    EXPECT_EQ(ask(site, http::Method::post, row.path).status, row.post) << row.path;
    for (const auto method : {http::Method::put, http::Method::patch, http::Method::delete_, http::Method::other}) {
      const http::Response refused = ask(site, method, row.path);
      EXPECT_EQ(refused.status, 405) << row.path;
      EXPECT_EQ(header(refused, "Allow"), row.allow) << row.path;
    }
    const http::Response options = ask(site, http::Method::options, row.path);
    EXPECT_EQ(options.status, 204) << row.path;
    EXPECT_EQ(header(options, "Allow"), row.allow) << row.path;
  }
  EXPECT_EQ(site.database_digest(), before);
}

TEST(Routes, Every_answer_carries_the_headers_that_keep_scripts_out) {
  TestSite site;
  const auto article = site.publish("The bridge opens");
  const std::string slashless = article.address.substr(0, article.address.size() - 1);
  for (const std::string& path :
       std::vector<std::string>{"/", article.address, "/nowhere", "/robots.txt", "/comment", slashless}) {
    const http::Response answer = site.get(path);
    EXPECT_TRUE(contains(header(answer, "Content-Security-Policy"),
                         "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'"))
        << path;
    EXPECT_FALSE(contains(header(answer, "Content-Security-Policy"), "unsafe")) << path;
    EXPECT_EQ(header(answer, "X-Content-Type-Options"), "nosniff") << path;
    EXPECT_NE(header(answer, "Referrer-Policy"), "") << path;
    EXPECT_NE(header(answer, "Permissions-Policy"), "") << path;
    EXPECT_EQ(header(answer, "Cross-Origin-Opener-Policy"), "same-origin") << path;
    EXPECT_EQ(header(answer, "Strict-Transport-Security"), "") << path;
  }
}

TEST(Routes, Only_a_site_at_https_binds_browsers_to_it_and_image_hosts_cannot_widen_the_policy) {
  news::SiteSettings settings = plain_settings();
  settings.url = "https://news.example.org";
  settings.image_hosts = {"images.example.net", "evil.example; script-src *"};
  TestSite site(settings);
  http::Request secure = make_get("/nowhere/");
  secure.secure = true;
  const http::Response answer = site.handle(std::move(secure));
  EXPECT_EQ(header(answer, "Strict-Transport-Security"), "max-age=31536000");
  EXPECT_TRUE(contains(header(answer, "Content-Security-Policy"), "img-src 'self' images.example.net;"));
  EXPECT_FALSE(contains(header(answer, "Content-Security-Policy"), "evil"));
  EXPECT_EQ(count(header(answer, "Content-Security-Policy"), "script-src"), 1);
  EXPECT_EQ(header(site.get("/nowhere/"), "Strict-Transport-Security"), "");
}

TEST(Addresses, Every_other_way_of_writing_one_is_a_single_redirect) {
  TestSite site;
  const auto article = site.publish("The bridge opens");
  const std::string at = article.address;  // "/2026/11/the-bridge-opens/"
  const std::string bare = at.substr(0, at.size() - 1);
  const std::string number = "417";  // as an import leaves it
  ASSERT_TRUE(desk::take_in(site.desk(), [&](desk::Intake& intake) -> base::Result<void> {
    intake.alias("?p=417", at);
    return {};
  }));
  const std::pair<std::string, std::string> moved[] = {
      {bare, at},
      {"/" + at, at},
      {"/2026//11/the-bridge-opens/", at},
      {"/2026/%31%31/the-bridge-opens/", at},
      {"/index.php" + at, at},
      {"/?p=" + number, at},
      {"/?page_id=" + number, at},
      {"/index.php?p=" + number, at},
      {"/?p=" + number + "&utm_source=letter", at + "?utm_source=letter"},
      {bare + "?utm_source=letter", at + "?utm_source=letter"},
      {at + "2/", at + "#page-2"},
      {at + "1/", at},
      {at + "comment-page-1/", at},
      {"/category/news", "/category/news/"},
      {"/category/news/page/1/", "/category/news/"},
      {"/2026/11", "/2026/11/"},
      {"/?m=202611", "/2026/11/"},
      {"/?m=20261123", "/2026/11/23/"},
      {"/?year=2026&monthnum=11", "/2026/11/"},
      {"/?category_name=news", "/category/news/"},
      {"/?tag=harbour", "/tag/harbour/"},
      {"/?author_name=nora-quill&utm_source=letter", "/author/nora-quill/?utm_source=letter"},
      {"/index.php", "/"},
      {"/page/1/", "/"},
      {"//", "/"},
      {"/search/?q=bridge", "/search?q=bridge"},
  };
  for (const auto& [from, to] : moved) {
    const http::Response answer = site.get(from);
    EXPECT_EQ(answer.status, 301) << from;
    EXPECT_EQ(header(answer, "Location"), to) << from;
    EXPECT_EQ(site.get(to.substr(0, to.find('#'))).status, 200) << to;
  }
}

TEST(Addresses, A_redirect_never_leaves_the_site) {
  TestSite site;
  site.publish("The bridge opens");
  for (const char* target :
       {"//evil.example", "//evil.example/", "/%2f%2fevil.example/", "/\\evil.example/", "/index.php//evil.example/",
        "/?s=//evil.example", "/index.php/%2fevil.example", "/%0d%0aX-Evil:%201/"}) {
    const http::Response answer = site.get(target);
    const std::string location = header(answer, "Location");
    const bool stays =
        location.empty() || (location.starts_with('/') && !location.starts_with("//") && !contains(location, "\n"));
    EXPECT_TRUE(stays) << target << " " << location;
    EXPECT_FALSE(contains(location, "\\")) << target;
  }
}

TEST(Addresses, Where_the_rule_has_no_last_slash_none_is_added) {
  TestSite site;
  ASSERT_TRUE(desk::take_in(site.desk(), [](desk::Intake& intake) -> base::Result<void> {
    news::PermalinkRules rules;
    rules.article = "/%year%/%postname%";
    intake.set_permalink_rules(rules);
    return {};
  }));
  const auto article = site.publish("The bridge opens");
  EXPECT_EQ(article.address, "/2026/the-bridge-opens");
  EXPECT_EQ(site.get(article.address).status, 200);
  EXPECT_EQ(header(site.get(article.address + "/"), "Location"), article.address);
  EXPECT_EQ(header(site.get("/2026/11/"), "Location"), "/2026/11");
}

TEST(Addresses, A_site_with_plain_addresses_serves_them_as_they_are) {
  TestSite site;
  ASSERT_TRUE(desk::take_in(site.desk(), [](desk::Intake& intake) -> base::Result<void> {
    news::PermalinkRules rules;
    rules.article = "";
    intake.set_permalink_rules(rules);
    return {};
  }));
  const auto article = site.publish("The bridge opens");
  EXPECT_EQ(article.address, base::format("/?p={}", article.id.value));
  const http::Response page = site.get(article.address);
  EXPECT_EQ(page.status, 200);
  EXPECT_TRUE(contains(page.body, "The bridge opens"));
  const http::Response posted = site.comment(article);
  ASSERT_EQ(posted.status, 303);
  const std::string place = header(posted, "Location");
  EXPECT_EQ(site.get(place.substr(0, place.find('#'))).status, 200);
}

TEST(Addresses, An_article_that_moved_keeps_its_old_address) {
  TestSite site;
  const auto article = site.publish("The bridge opens");
  ASSERT_TRUE(desk::take_in(site.desk(), [&](desk::Intake& intake) -> base::Result<void> {
    intake.alias("/old/place", article.address);
    intake.alias("/wp/feed.html", article.address + "#comments");
    return {};
  }));
  EXPECT_EQ(header(site.get("/old/place/"), "Location"), article.address);
  EXPECT_EQ(site.get("/old/place").status, 301);
  EXPECT_EQ(header(site.get("/wp/feed.html"), "Location"), article.address + "#comments");
}

TEST(Media, Files_are_served_whole_in_part_and_never_from_outside) {
  TestSite site;
  const std::filesystem::path media = site.folder() / "media";
  std::filesystem::create_directories(media / "2026");
  std::ofstream(media / "2026/bridge.svg") << "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
  std::filesystem::last_write_time(media / "2026/bridge.svg",
                                   std::filesystem::file_time_type::clock::now() - std::chrono::hours(1));
  std::ofstream(media / "2026/page.html") << "<script>alert(1)</script>";
  std::ofstream(media / ".hidden") << "x";
  std::ofstream(site.folder() / "secret.key") << "x";
  std::filesystem::create_symlink(site.folder() / "secret.key", media / "link.txt");
  const http::Response whole = site.get("/media/2026/bridge.svg");
  EXPECT_EQ(whole.status, 200);
  EXPECT_EQ(header(whole, "Content-Type"), "image/svg+xml");
  EXPECT_TRUE(contains(header(whole, "Content-Security-Policy"), "sandbox"));
  ASSERT_TRUE(whole.file);
  EXPECT_EQ(whole.file->size(), 41u);
  const http::Response part = site.handle(make_get("/media/2026/bridge.svg", {{"Range", "bytes=5-9"}}));
  EXPECT_EQ(part.status, 206);
  EXPECT_EQ(header(part, "Content-Range"), "bytes 5-9/41");
  EXPECT_EQ(site.handle(make_get("/media/2026/bridge.svg", {{"If-Modified-Since", header(whole, "Last-Modified")}})).status, 304);
  const http::Response page = site.get("/media/2026/page.html");
  EXPECT_EQ(header(page, "Content-Type"), "text/html; charset=utf-8");
  EXPECT_TRUE(contains(header(page, "Content-Security-Policy"), "sandbox"));
  EXPECT_FALSE(contains(header(page, "Content-Security-Policy"), "allow-"));
  for (const char* outside : {"/media/../secret.key", "/media/%2e%2e/secret.key", "/media/..%2fsecret.key", "/media//secret.key",
                              "/media/.hidden", "/media/link.txt", "/media/2026", "/media/", "/media/2026/bridge.svg%00.png"}) {
    EXPECT_EQ(site.get(outside).status, 404) << outside;
  }
}

TEST(Theme, Its_files_are_named_by_their_content_and_kept_for_ever) {
  TestSite site;
  const http::Response front = site.get("/");
  const std::size_t start = front.body.find("/theme/");
  ASSERT_NE(start, std::string::npos);
  const std::string address = front.body.substr(start, front.body.find_first_of("\"' >", start) - start);
  const http::Response style = site.get(address);
  EXPECT_EQ(style.status, 200);
  EXPECT_TRUE(contains(header(style, "Content-Type"), "text/css"));
  EXPECT_TRUE(contains(header(style, "Cache-Control"), "immutable"));
}

}  // namespace
}  // namespace site
