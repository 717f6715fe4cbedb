#include "http/message.h"

#include <gtest/gtest.h>

#include "http/form.h"
#include "http/server.h"

namespace http {
namespace {

TEST(Request, Finds_headers_without_regard_to_case_and_cookies_with) {
  Request request;
  request.headers = {{"Cookie", "a=1; session=x=y ;b="}, {"HOST", "here"}, {"cookie", "late=2"}};
  EXPECT_EQ(request.find_header("host"), "here");
  EXPECT_EQ(request.find_header("origin"), std::nullopt);
  EXPECT_EQ(request.find_cookie("a"), "1");
  EXPECT_EQ(request.find_cookie("session"), "x=y");
  EXPECT_EQ(request.find_cookie("b"), "");
  EXPECT_EQ(request.find_cookie("late"), "2");
  EXPECT_EQ(request.find_cookie("Session"), std::nullopt);
  EXPECT_EQ(request.find_cookie("ession"), std::nullopt);
}

TEST(Response, Set_replaces_every_header_of_that_name_and_add_keeps_them) {
  Response response;
  response.add("Set-Cookie", "a=1").add("Set-Cookie", "b=2").add("X", "1");
  EXPECT_EQ(response.headers.size(), 3u);
  response.set("set-cookie", "c=3");
  ASSERT_EQ(response.headers.size(), 2u);
  EXPECT_EQ(*response.find("SET-COOKIE"), "c=3");
  EXPECT_EQ(response.find("Y"), nullptr);
}

TEST(Form, Decodes_names_and_values_and_leaves_broken_escapes_alone) {
  const auto form = parse_form("name=J%C3%BCrgen+M.&comment=100%25%&empty=&alone&=nameless&a=b=c&%6eame=second&cut=%4");
  ASSERT_TRUE(form);
  EXPECT_EQ(form->value("name"), "J\xC3\xBCrgen M.");
  EXPECT_EQ(form->value("comment"), "100%%");
  EXPECT_EQ(form->value("empty"), "");
  EXPECT_EQ(form->value("a"), "b=c");
  EXPECT_EQ(form->value("cut"), "%4");
  EXPECT_EQ(form->value("missing"), "");
  EXPECT_EQ(form->fields.size(), 8u);
}

TEST(Form, Refuses_nul_and_more_than_a_hundred_fields) {
  EXPECT_EQ(parse_form("a=%00").error().key, "form.damaged");
  EXPECT_EQ(parse_form(std::string("a\0b=c", 5)).error().key, "form.damaged");
  std::string many;
  for (int i = 0; i < 100; ++i) many += "a=b&";
  EXPECT_TRUE(parse_form(many));
  EXPECT_EQ(parse_form(many + "a=b").error().key, "form.too_many_fields");
}

TEST(Reply, Is_sent_once_and_500_if_it_was_forgotten) {
  std::vector<int> sent;
  const auto note = [&](Response&& response) { sent.push_back(response.status); };
  {
    Reply reply(note);
    Reply moved(std::move(reply));
    moved(Response{.status = 303, .headers = {}, .body = {}, .file = {}});
    moved(Response{.status = 200, .headers = {}, .body = {}, .file = {}});
  }
  EXPECT_EQ(sent, std::vector<int>{303});
  { const Reply forgotten(note); }
  EXPECT_EQ(sent, (std::vector<int>{303, 500}));
}

TEST(Reply, To_a_function_gives_prepared_bytes_back_as_a_response) {
  Response page;
  page.status = 404;
  page.add("Content-Type", "text/html").add("X-Name", "a: b").body = "text";
  Response received;
  Reply([&](Response&& response) { received = std::move(response); })(prepare(page, Effort::quick));
  EXPECT_EQ(received.status, 404);
  EXPECT_EQ(*received.find("X-Name"), "a: b");
  EXPECT_EQ(received.find("Content-Length"), nullptr);
  EXPECT_EQ(received.body, "text");
}

}  // namespace
}  // namespace http
