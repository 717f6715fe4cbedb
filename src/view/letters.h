// Mails as people read them: a subject, a text and an HTML part, in the language of whoever gets them. Whatever a reader wrote is
// plain text in both; nothing in a mail is loaded from anywhere, and nothing tells that it was opened. Pure and thread-safe.
#pragma once

#include <string>

#include "news/mail.h"
#include "news/site.h"
#include "text/html.h"

namespace view {

struct MailText {
  std::string subject;
  std::string text;
  text::Html html;
  std::string unsubscribe;  // a whole address; empty: none
};

// Links are whole addresses of `settings.url`, which must not be empty.
MailText render_letter(const news::SiteSettings& settings, const news::Letter& letter);

}  // namespace view
