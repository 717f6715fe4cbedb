#include "mail/message.h"

#include <gtest/gtest.h>

#include "base/base64.h"

namespace mail {
namespace {

Message some_message() {
  Message message;
  message.from = "paper@example.org";
  message.from_name = "The Example";
  message.to = "ada@example.org";
  message.subject = "Your link";
  message.message_id = "3f2a@example.org";
  message.date = base::from_unix(1'795'435'200);
  message.text = "Hello\n";
  message.html = "<p>Hello</p>\n";
  return message;
}

std::string composed(const Message& message) {
  const base::Result<std::string> bytes = compose(message);
  EXPECT_TRUE(bytes) << bytes.error().key;
  return bytes ? *bytes : std::string();
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }
std::string head_of(const std::string& bytes) { return bytes.substr(0, bytes.find("\r\n\r\n") + 2); }

TEST(Message, Says_who_sends_it_when_and_that_a_machine_does) {
  const std::string head = head_of(composed(some_message()));
  EXPECT_TRUE(contains(head, "From: \"The Example\" <paper@example.org>\r\n"));
  EXPECT_TRUE(contains(head, "To: <ada@example.org>\r\n"));
  EXPECT_TRUE(contains(head, "Date: Mon, 23 Nov 2026 12:00:00 +0000\r\n"));
  EXPECT_TRUE(contains(head, "Message-ID: <3f2a@example.org>\r\n"));
  EXPECT_TRUE(contains(head, "Auto-Submitted: auto-generated\r\n"));
  EXPECT_FALSE(contains(head, "List-Unsubscribe"));
}

TEST(Message, Its_two_parts_are_alternatives_of_each_other) {
  const std::string bytes = composed(some_message());
  EXPECT_TRUE(contains(bytes, "Content-Type: multipart/alternative; boundary="));
  EXPECT_FALSE(contains(bytes, "multipart/mixed"));
  EXPECT_TRUE(contains(bytes, base::to_base64("Hello\n")));
  EXPECT_LT(bytes.find("text/plain"), bytes.find("text/html"));
}

TEST(Message, Ends_such_mails_with_one_click) {
  Message message = some_message();
  message.unsubscribe = "https://example.org/reader/unfollow?key=a_B-3";
  const std::string head = head_of(composed(message));
  EXPECT_TRUE(contains(head, "List-Unsubscribe: <https://example.org/reader/unfollow?key=a_B-3>\r\n"));
  EXPECT_TRUE(contains(head, "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"));
}

TEST(Message, A_text_with_line_ends_becomes_no_header) {
  Message message = some_message();
  message.subject = "Hello\r\nBcc: all@example.org\r\n\r\nBuy two.";
  message.from_name = "The\" <evil@example.org>\r\nX-Evil: yes\r\n";
  const std::string head = head_of(composed(message));
  EXPECT_FALSE(contains(head, "Bcc:"));
  EXPECT_FALSE(contains(head, "X-Evil"));
  EXPECT_FALSE(contains(head, "evil@example.org"));
}

TEST(Message, An_address_that_could_end_itself_is_refused) {
  for (const char* address : {"", "ada", "ada@example.org\r\nBcc: x@example.org", "a@b@example.org", "ada@example.org>",
                              "a da@example.org", "ada@example.org,eve@example.org"}) {
    Message message = some_message();
    message.to = address;
    EXPECT_FALSE(compose(message)) << address;
  }
}

TEST(Message, Letters_of_all_scripts_travel_in_words_that_are_short_and_whole) {
  Message message = some_message();
  for (int i = 0; i < 40; ++i) message.subject += "\u00e4\u20ac\U0001F600";
  const std::string head = head_of(composed(message));
  for (const char c : head) EXPECT_LT(static_cast<unsigned char>(c), 0x80);
  for (std::size_t at = 0; at < head.size();) {
    const std::size_t end = head.find("\r\n", at);
    EXPECT_LE(end - at, 78u) << head.substr(at, end - at);
    at = end + 2;
  }
  EXPECT_TRUE(contains(head, "Subject: =?utf-8?B?"));
}

TEST(Message, Every_line_is_short_and_ends_with_both_characters) {
  Message message = some_message();
  message.text = std::string(5000, 'x') + "\nFrom \n.\n";
  const std::string bytes = composed(message);
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t end = bytes.find('\n', at);
    ASSERT_NE(end, std::string::npos);
    EXPECT_EQ(bytes[end - 1], '\r');
    EXPECT_LE(end - at, 79u);
    at = end + 1;
  }
}

}  // namespace
}  // namespace mail
