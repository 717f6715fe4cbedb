#include "view/letters.h"

#include <vector>

#include "base/format.h"
#include "text/escape.h"
#include "text/language.h"
#include "view/catalogue.h"

namespace view {
namespace {

using news::MailKind;
using text::escape;
using text::Html;

// Both parts grow together, so that they say the same.
class Writer {
 public:
  explicit Writer(const Catalogue& messages) : messages_(messages) {}

  void paragraph(const std::string& plain) {
    text_ += plain + "\n\n";
    html_ += Html::literal("<p>") + escape(plain) + Html::literal("</p>\n");
  }
  void quote(const std::string& plain) {
    std::string line = "> ";
    for (const char c : plain) line += c == '\n' ? std::string("\n> ") : std::string(1, c);
    text_ += line + "\n\n";
    html_ += Html::literal("<blockquote><p>") + escape(plain) + Html::literal("</p></blockquote>\n");
  }
  void link(const std::string& label, const std::string& address) {
    text_ += label + ":\n" + address + "\n\n";
    html_ +=
        Html::literal("<p><a href=\"") + escape(address) + Html::literal("\">") + escape(label) + Html::literal("</a></p>\n");
  }
  void small_print(const std::string& plain) {
    text_ += "-- \n" + plain + "\n";
    html_ += Html::literal("<hr>\n<p><small>") + escape(plain) + Html::literal("</small></p>\n");
  }

  std::string text() const { return text_; }
  Html html(const std::string& title) const {
    const bool is_rtl = text::direction_of(messages_.language()) == text::Direction::right_to_left;
    return Html::literal("<!DOCTYPE html>\n<html lang=\"") + escape(messages_.language()) +
           (is_rtl ? Html::literal("\" dir=\"rtl\">") : Html::literal("\" dir=\"ltr\">")) +
           Html::literal("<head><meta charset=\"utf-8\"><title>") + escape(title) + Html::literal("</title></head>\n<body>\n") +
           html_ + Html::literal("</body></html>\n");
  }

 private:
  const Catalogue& messages_;
  std::string text_;
  Html html_;
};

std::string name_or_nobody(const Catalogue& messages, const std::string& author) {
  return author.empty() ? messages.text("comment.anonymous") : author;
}

std::string subject_of(const Catalogue& messages, const news::SiteSettings& settings, const news::Letter& letter) {
  switch (letter.kind) {
    case MailKind::sign_in: return messages.text("mail.sign_in.subject", {{"site", settings.title}});
    case MailKind::follow: return messages.text("mail.follow.subject", {{"site", settings.title}});
    case MailKind::reply: return messages.text("mail.reply.subject", {{"headline", letter.headline}, {"site", settings.title}});
    case MailKind::held: return messages.count("mail.held.subject", letter.held_total, {{"site", settings.title}});
  }
  return settings.title;
}

void write_sign_in(Writer& out, const Catalogue& messages, const news::SiteSettings& settings, const news::Letter& letter) {
  out.paragraph(messages.text("mail.sign_in.why", {{"site", settings.title}}));
  out.link(messages.text("mail.sign_in.link"), settings.url + letter.address);
  out.small_print(messages.text("mail.sign_in.unasked"));
}

void write_follow(Writer& out, const Catalogue& messages, const news::SiteSettings& settings, const news::Letter& letter) {
  out.paragraph(messages.text("mail.follow.why", {{"headline", letter.headline}, {"site", settings.title}}));
  out.link(messages.text("mail.follow.link"), settings.url + letter.address);
  out.small_print(messages.text("mail.follow.unasked"));
}

void write_reply(Writer& out, const Catalogue& messages, const news::SiteSettings& settings, const news::Letter& letter) {
  out.paragraph(
      messages.text("mail.reply.who", {{"name", name_or_nobody(messages, letter.author)}, {"headline", letter.headline}}));
  out.quote(letter.excerpt);
  out.link(messages.text("mail.reply.link"), settings.url + letter.address);
  out.link(messages.text("mail.reply.stop"), settings.url + letter.unsubscribe);
  out.small_print(messages.text("mail.reply.why", {{"site", settings.title}}));
}

void write_held(Writer& out, const Catalogue& messages, const news::SiteSettings& settings, const news::Letter& letter) {
  out.paragraph(messages.count("mail.held.count", letter.held_total, {{"site", settings.title}}));
  for (const news::HeldLine& line : letter.held) {
    out.paragraph(messages.text(
        "mail.held.line",
        {{"id", std::to_string(line.id.value)}, {"name", name_or_nobody(messages, line.author)}, {"headline", line.headline}}));
    out.quote(line.excerpt);
  }
  out.small_print(messages.text("mail.held.how"));
}

}  // namespace

MailText render_letter(const news::SiteSettings& settings, const news::Letter& letter) {
  const Catalogue messages = Catalogue::of(letter.language);
  Writer out(messages);
  switch (letter.kind) {
    case MailKind::sign_in: write_sign_in(out, messages, settings, letter); break;
    case MailKind::follow: write_follow(out, messages, settings, letter); break;
    case MailKind::reply: write_reply(out, messages, settings, letter); break;
    case MailKind::held: write_held(out, messages, settings, letter); break;
  }
  const std::string subject = subject_of(messages, settings, letter);
  return {subject, out.text(), out.html(subject), letter.unsubscribe.empty() ? std::string() : settings.url + letter.unsubscribe};
}

}  // namespace view
