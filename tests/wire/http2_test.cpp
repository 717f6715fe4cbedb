// HTTP/2: the same answers as HTTP/1.1, many at a time, by RFC 9113.
#include "wire/http2.h"

#include <gtest/gtest.h>

#include <fstream>
#include <thread>

namespace wire {
namespace {

class Http2 : public testing::Test {
 protected:
  CertificateFolder folder_;
  http::TlsFiles files_ = folder_.write("site");
};

TEST_F(Http2, A_prepared_page_arrives_whole_with_the_fields_of_http2) {
  TestServer server(with_tls(files_));
  Http2Client client(server.tls_port());
  EXPECT_EQ(client.connection().protocol(), "h2");
  const StreamAnswer answer = client.fetch(Http2Client::get("/page"));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body == server.page(), true);
  EXPECT_EQ(answer.fields.at("content-length"), std::to_string(server.page().size()));
  EXPECT_EQ(answer.fields.at("cache-control"), "public, max-age=60");
  EXPECT_EQ(answer.fields.at("date").size(), 29u);
  EXPECT_EQ(answer.fields.count("connection"), 0u);
}

TEST_F(Http2, Codings_conditions_and_head_are_answered_as_in_http11) {
  TestServer server(with_tls(files_));
  Http2Client client(server.tls_port());
  const StreamAnswer zipped = client.fetch(Http2Client::get("/page", {{"accept-encoding", "gzip"}}));
  EXPECT_EQ(zipped.fields.at("content-encoding"), "gzip");
  EXPECT_LT(zipped.body.size(), server.page().size());
  const StreamAnswer known =
      client.fetch(Http2Client::get("/page", {{"accept-encoding", "gzip"}, {"if-none-match", zipped.fields.at("etag")}}));
  EXPECT_EQ(known.status, 304);
  EXPECT_EQ(known.body, "");
  Fields head = Http2Client::get("/page");
  head[0].second = "HEAD";
  const StreamAnswer heading = client.fetch(head);
  EXPECT_EQ(heading.fields.at("content-length"), std::to_string(server.page().size()));
  EXPECT_EQ(heading.body, "");
  EXPECT_TRUE(heading.is_whole);
  EXPECT_EQ(client.fetch(Http2Client::get("/prepared", {{"accept-encoding", "br"}})).fields.at("content-encoding"), "br");
}

TEST_F(Http2, The_plain_body_of_a_packed_page_is_the_one_that_was_left_out) {
  TestServer server(with_tls(files_));
  Http2Client client(server.tls_port());
  EXPECT_EQ(client.fetch(Http2Client::get("/packed")).body == server.page(), true);
  EXPECT_EQ(client.fetch(Http2Client::get("/packed", {{"accept-encoding", "gzip"}})).fields.at("content-encoding"), "gzip");
}

TEST_F(Http2, The_handler_sees_an_ordinary_request) {
  TestServer server(with_tls(files_));
  Http2Client client(server.tls_port());
  EXPECT_EQ(client.fetch(Http2Client::get("/echo?a=1")).body, "other /echo?a=1 localhost []");
  EXPECT_EQ(client.fetch(Http2Client::get("/client")).body, "127.0.0.1 secure");
  const Fields by_host{{":method", "GET"}, {":scheme", "https"}, {":path", "/echo"}, {"host", "example.org"}};
  EXPECT_EQ(client.fetch(by_host).body, "other /echo example.org []");
  EXPECT_EQ(client.fetch(Http2Client::get("/throw")).status, 500);
  EXPECT_EQ(client.fetch(Http2Client::get("/drop")).status, 500);
  const StreamAnswer injected = client.fetch(Http2Client::get("/injected"));
  EXPECT_EQ(injected.fields.at("x-name"), "a  Set-Cookie: stolen=1");
  EXPECT_EQ(injected.fields.count("transfer-encoding"), 0u);
}

TEST_F(Http2, A_body_larger_than_every_window_arrives_whole) {
  TestServer server(with_tls(files_));
  Http2Client client(server.tls_port());
  const std::string body(900'000, 'b');
  const StreamAnswer answer = client.fetch(Http2Client::post("/echo"), body);
  EXPECT_EQ(answer.body == "POST /echo localhost [" + body + "]", true);
  const StreamAnswer measured =
      client.fetch(Http2Client::post("/echo", {{"content-length", "3"}, {"expect", "100-continue"}}), "abc");
  EXPECT_EQ(measured.body, "POST /echo localhost [abc]");
  EXPECT_TRUE(measured.had_continue);
}

TEST_F(Http2, Many_bodies_at_once_all_arrive_though_only_some_may_grow) {
  TestServer server(with_tls(files_));
  Http2Client client(server.tls_port());
  const std::string body(300'000, 'b');
  std::vector<std::int32_t> streams;
  for (int i = 0; i < 20; ++i) streams.push_back(client.ask(Http2Client::post("/echo?" + std::to_string(i)), body));
  for (int i = 0; i < 20; ++i) {
    const StreamAnswer answer = client.wait(streams[static_cast<std::size_t>(i)]);
    EXPECT_EQ(answer.body == "POST /echo?" + std::to_string(i) + " localhost [" + body + "]", true) << i;
  }
}

TEST_F(Http2, A_request_that_takes_long_holds_up_no_other) {
  TestServer server(with_tls(files_));
  Http2Client client(server.tls_port());
  const std::int32_t held = client.ask(Http2Client::get("/hold"));
  server.gate().await_waiting(1);
  std::vector<std::int32_t> others;
  for (int i = 0; i < 99; ++i) others.push_back(client.ask(Http2Client::get(i % 3 == 0 ? "/echo?x" : "/small")));
  for (int i = 0; i < 99; ++i)
    EXPECT_EQ(client.wait(others[static_cast<std::size_t>(i)]).body, i % 3 == 0 ? "other /echo?x localhost []" : "small");
  EXPECT_EQ(client.look(held).status, 0);
  server.gate().release();
  EXPECT_EQ(client.wait(held).status, 200);
}

TEST_F(Http2, A_reader_who_opens_its_window_little_by_little_gets_a_whole_file) {
  TestServer server(with_tls(files_));
  std::string bytes(2'000'000, '\0');
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>('a' + i % 23 + i / 1000 % 3);
  std::ofstream(server.folder() / "large.mp4", std::ios::binary) << bytes;
  Http2Client client(server.tls_port(), Http2Client::Reading::never, 20'000);
  const std::int32_t stream = client.ask(Http2Client::get("/files/large.mp4"));
  const std::int32_t small = client.ask(Http2Client::get("/small"));
  EXPECT_EQ(client.wait(small).body, "small");
  EXPECT_LE(client.look(stream).body.size(), 20'000u);
  for (std::size_t opened = 0; opened < bytes.size() && !client.look(stream).is_whole;) {
    const std::size_t come = client.look(stream).body.size();
    if (come > opened) client.open_window(stream, come - opened);
    opened = come;
    client.pump(5);
  }
  EXPECT_EQ(client.wait(stream).body == bytes, true);
}

TEST_F(Http2, A_range_of_a_file_and_a_file_that_is_cut) {
  TestServer server(with_tls(files_));
  std::ofstream(server.folder() / "large.mp4", std::ios::binary) << std::string(3'000'000, 'f');
  Http2Client client(server.tls_port());
  const StreamAnswer part = client.fetch(Http2Client::get("/files/large.mp4", {{"range", "bytes=10-19"}}));
  EXPECT_EQ(part.status, 206);
  EXPECT_EQ(part.body, "ffffffffff");
  Http2Client slow(server.tls_port(), Http2Client::Reading::never);
  const std::int32_t stream = slow.ask(Http2Client::get("/files/large.mp4"));
  while (slow.look(stream).body.size() < 60'000) slow.pump(20);
  std::filesystem::resize_file(server.folder() / "large.mp4", 1000);
  slow.open_window(stream, 60'000);
  EXPECT_EQ(slow.wait(stream).reset, NGHTTP2_INTERNAL_ERROR);
  EXPECT_EQ(slow.fetch(Http2Client::get("/small")).body, "small");
}

TEST_F(Http2, A_body_that_is_too_large_gets_413_and_may_be_left_unsent) {
  TestServer server(with_tls(files_));
  Http2Client client(server.tls_port());
  const std::int32_t announced = client.ask_openly(Http2Client::post("/echo", {{"content-length", "2000000"}}));
  EXPECT_EQ(client.wait(announced).status, 413);
  client.pump(20);
  EXPECT_EQ(client.look(announced).reset, NGHTTP2_NO_ERROR);
  const StreamAnswer sent = client.fetch(Http2Client::post("/echo"), std::string(2'000'000, 'x'));
  EXPECT_EQ(sent.status, 413);
  EXPECT_EQ(client.fetch(Http2Client::get("/small")).body, "small");
}

TEST_F(Http2, A_body_that_never_ends_gets_408_and_a_reader_who_never_reads_is_reset) {
  TestServer server(with_tls(files_, hasty()));
  Http2Client client(server.tls_port(), Http2Client::Reading::never, 1000);
  const std::int32_t unsent = client.ask_openly(Http2Client::post("/echo"));
  const std::int32_t unread = client.ask(Http2Client::get("/page"));
  EXPECT_EQ(client.wait(unsent).status, 408);
  EXPECT_EQ(client.wait(unread).reset, NGHTTP2_CANCEL);
}

TEST_F(Http2, An_idle_connection_ends_with_a_goaway) {
  TestServer server(with_tls(files_, hasty()));
  Http2Client client(server.tls_port());
  EXPECT_EQ(client.fetch(Http2Client::get("/small")).body, "small");
  EXPECT_TRUE(client.await_end());
  EXPECT_EQ(client.goaway(), NGHTTP2_NO_ERROR);
  EXPECT_TRUE(client.connection().was_told_the_end());
}

TEST_F(Http2, Whoever_agrees_on_it_and_then_speaks_something_else_is_let_go) {
  TestServer server(with_tls(files_, hasty()));
  TlsClient other(server.tls_port(), {.protocols = "h2"});
  other.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_TRUE(other.is_closed_by_server());
  TlsClient silent(server.tls_port(), {.protocols = "h2"});
  EXPECT_TRUE(silent.is_closed_by_server());
}

TEST_F(Http2, Stopping_answers_what_is_open_and_says_goodbye) {
  TestServer server(with_tls(files_));
  Http2Client client(server.tls_port());
  const std::int32_t held = client.ask(Http2Client::get("/hold"));
  server.gate().await_waiting(1);
  std::thread stopping([&] { server.server().stop(); });
  client.await_goaway();
  EXPECT_EQ(client.goaway(), NGHTTP2_NO_ERROR);
  EXPECT_EQ(client.goaway_stream(), 0x7fffffff);
  // Between the two GOAWAYs a request that was on its way is still served.
  server.gate().release();
  EXPECT_EQ(client.wait(held).body, "other /hold localhost []");
  EXPECT_TRUE(client.await_end());
  EXPECT_EQ(client.goaway_stream(), held);
  stopping.join();
}

TEST_F(Http2, Stopping_does_not_wait_for_a_client_that_has_nothing_open) {
  TestServer server(with_tls(files_));
  Http2Client client(server.tls_port());
  EXPECT_EQ(client.fetch(Http2Client::get("/small")).body, "small");
  std::thread stopping([&] { server.server().stop(); });
  EXPECT_TRUE(client.await_end());
  EXPECT_EQ(client.goaway(), NGHTTP2_NO_ERROR);
  stopping.join();
}

TEST_F(Http2, A_client_that_goes_without_a_word_harms_nobody) {
  TestServer server(with_tls(files_));
  for (int i = 0; i < 10; ++i) {
    Http2Client client(server.tls_port());
    client.ask(Http2Client::get("/large?3000000"));
    client.ask(Http2Client::get("/hold"));
    client.ask_openly(Http2Client::post("/echo"));
  }
  server.gate().release();
  Http2Client other(server.tls_port());
  EXPECT_EQ(other.fetch(Http2Client::get("/echo")).status, 200);
}

// What both are asked, and so what both must count: four of what stands ready, a file, three by a worker, two refusals.
struct Question {
  std::string path;
  std::string header;
  std::string value;
};
const std::vector<Question> questions = {{"/page", "", ""},       {"/small", "accept-encoding", "gzip"},
                                         {"/small", "", ""},      {"/page", "if-none-match", "*"},
                                         {"/echo", "", ""},       {"/throw", "", ""},
                                         {"/files/a.txt", "", ""}, {"/busy", "", ""},
                                         {"/page", "expect", "x"}, {"/page", "x", std::string(20'000, 'x')}};

TEST_F(Http2, Both_protocols_count_alike) {
  TestServer older(with_tls(files_)), newer(with_tls(files_));
  for (const TestServer* server : {&older, &newer}) std::ofstream(server->folder() / "a.txt") << "file";
  for (const Question& question : questions) {
    TlsClient client(older.tls_port());
    const std::string header = question.header.empty() ? "" : question.header + ": " + question.value + "\r\n";
    client.send("GET " + question.path + " HTTP/1.1\r\nHost: a\r\n" + header + "\r\n");
    const int status = client.read_answer().status;
    const Fields more = question.header.empty() ? Fields() : Fields{{question.header, question.value}};
    EXPECT_EQ(Http2Client(newer.tls_port()).fetch(Http2Client::get(question.path, more)).status, status) << question.path;
  }
  const http::ServerCounts one = older.counts(), other = newer.counts();
  EXPECT_EQ(one.answers, other.answers);
  EXPECT_EQ(one.worker_seconds.counts.size(), other.worker_seconds.counts.size());
  EXPECT_EQ(one.refused_by_handler, 1U);
  EXPECT_EQ(other.refused_by_handler, 1U);
  using Kind = http::AnswerKind;
  const auto count = [&](Kind kind, std::size_t status_class) { return other.answers[static_cast<std::size_t>(kind)][status_class - 1]; };
  EXPECT_EQ(count(Kind::prepared, 2), 3U);
  EXPECT_EQ(count(Kind::prepared, 3), 1U);
  EXPECT_EQ(count(Kind::worker, 2), 1U);
  EXPECT_EQ(count(Kind::worker, 5), 2U);
  EXPECT_EQ(count(Kind::file, 2), 1U);
  EXPECT_EQ(count(Kind::refused, 4), 2U);
}

TEST_F(Http2, A_form_that_no_handler_gets_comes_back_by_either_protocol) {
  http::ServerSettings settings;
  settings.workers = 1;
  settings.queue = 0;
  settings.max_body_bytes = 1000;
  TestServer server(with_tls(files_, settings));
  Http2Client holding(server.tls_port());
  const std::int32_t held = holding.ask(Http2Client::get("/hold"));
  server.gate().await_waiting(1);

  Client older(server.port());
  older.send("POST /kept HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nwords");
  const Answer busy = older.read_answer();
  EXPECT_EQ(busy.status, 503);
  EXPECT_EQ(busy.body, "kept: words");
  EXPECT_EQ(busy.header("Retry-After"), "1");
  const StreamAnswer newer = holding.fetch(Http2Client::post("/kept"), "words");
  EXPECT_EQ(newer.status, 503);
  EXPECT_EQ(newer.body, "kept: words");
  EXPECT_EQ(server.counts().refused_by_queue, 2U);
  server.gate().release();
  EXPECT_EQ(holding.wait(held).status, 200);

  EXPECT_EQ(server.ask("POST /kept HTTP/1.1\r\nHost: a\r\nContent-Length: 2000\r\n\r\n").body, "kept: ");
  EXPECT_EQ(server.ask("POST /elsewhere HTTP/1.1\r\nHost: a\r\nContent-Length: 2000\r\n\r\n").body.substr(0, 4), "413 ");
  const StreamAnswer large = holding.fetch(Http2Client::post("/kept", {{"content-length", "2000"}}), std::string(2000, 'x'));
  EXPECT_EQ(large.status, 413);
  EXPECT_EQ(large.body, "kept: ");
}

TEST_F(Http2, A_form_that_came_only_in_part_comes_back_by_either_protocol) {
  http::ServerSettings settings;
  settings.body_deadline = std::chrono::seconds(1);
  TestServer server(with_tls(files_, settings));
  Client older(server.port());
  older.send("POST /kept HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nhalf");
  Http2Client newer(server.tls_port());
  const std::int32_t open = newer.ask_openly(Http2Client::post("/kept"));
  EXPECT_EQ(older.read_answer().body, "kept: half");
  EXPECT_EQ(newer.wait(open).body, "kept: ");
}

TEST_F(Http2, Both_protocols_share_one_port) {
  TestServer server(with_tls(files_));
  TlsClient older(server.tls_port(), {.protocols = "http/1.1"});
  older.send("GET /small HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(older.read_answer().body, "small");
  EXPECT_EQ(Http2Client(server.tls_port()).fetch(Http2Client::get("/small")).body, "small");
}

}  // namespace
}  // namespace wire
