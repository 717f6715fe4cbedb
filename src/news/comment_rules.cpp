#include "news/comment_rules.h"

#include <algorithm>
#include <cmath>

#include "news/visibility.h"
#include "text/plain.h"

namespace news {
namespace {

constexpr std::size_t max_local_part = 64;
constexpr std::size_t max_label = 63;

bool is_beyond_ascii(char c) { return static_cast<unsigned char>(c) >= 0x80; }
bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || is_beyond_ascii(c);
}

// RFC 5321 section 4.1.2, Dot-string; quoted local parts exist on paper only and are refused.
bool is_local_part(std::string_view local) {
  constexpr std::string_view also_allowed = ".!#$%&'*+-/=?^_`{|}~";
  if (local.empty() || local.size() > max_local_part) return false;
  if (local.front() == '.' || local.back() == '.' || local.find("..") != std::string_view::npos) return false;
  return std::all_of(local.begin(), local.end(),
                     [&](char c) { return is_letter_or_digit(c) || also_allowed.find(c) != std::string_view::npos; });
}

bool is_label(std::string_view label) {
  if (label.empty() || label.size() > max_label || label.front() == '-' || label.back() == '-') return false;
  return std::all_of(label.begin(), label.end(), [](char c) { return is_letter_or_digit(c) || c == '-'; });
}

bool is_domain(std::string_view domain) {
  int labels = 0;
  for (std::size_t begin = 0; begin <= domain.size();) {
    const std::size_t end = std::min(domain.find('.', begin), domain.size());
    if (!is_label(domain.substr(begin, end - begin))) return false;
    ++labels;
    begin = end + 1;
  }
  return labels >= 2;
}

}  // namespace

bool is_email_address(std::string_view typed) {
  const std::size_t at = typed.rfind('@');
  if (at == std::string_view::npos || typed.size() > max_email) return false;
  return is_local_part(typed.substr(0, at)) && is_domain(typed.substr(at + 1));
}

Verdict verdict_on_new_comment(Moderation moderation, Standing reader) {
  switch (moderation) {
    case Moderation::none: return {CommentStatus::published, "moderation.none"};
    case Moderation::first: {
      const bool is_trusted = reader.proven && reader.published_before > 0;
      return {is_trusted ? CommentStatus::published : CommentStatus::held, "moderation.first"};
    }
    case Moderation::all: break;
  }
  return {CommentStatus::held, "moderation.all"};
}

Verdict verdict_on_edit(Moderation moderation, Standing reader, const Comment& comment) {
  if (comment.verdict.status != CommentStatus::published) return comment.verdict;
  reader.published_before -= 1;  // this one
  return verdict_on_new_comment(moderation, reader);
}

bool may_edit(const Comment& comment, const SiteSettings& settings, base::Time now) {
  const CommentStatus status = comment.verdict.status;
  if (status != CommentStatus::published && status != CommentStatus::held) return false;
  return now < comment.created + std::chrono::minutes(settings.comment_edit_minutes);
}

// https://en.wikipedia.org/wiki/Binomial_proportion_confidence_interval#Wilson_score_interval
std::int64_t score_of(Votes votes) {
  constexpr double z = 1.959964;
  const double n = votes.up + votes.down;
  if (n <= 0) return 0;
  const double share = votes.up / n;
  const double spread = z * std::sqrt((share * (1 - share) + z * z / (4 * n)) / n);
  const double bound = (share + z * z / (2 * n) - spread) / (1 + z * z / n);
  return static_cast<std::int64_t>(std::max(bound, 0.0) * 1'000'000);
}

bool may_comment(const Article& article, const SiteSettings& settings, base::Time now) {
  const Visibility visibility = visibility_of(article.status);
  if (visibility != Visibility::open && visibility != Visibility::locked) return false;
  if (article.comments == Comments::closed) return false;
  if (article.kind == ArticleKind::page || settings.close_comments_after_days <= 0) return true;
  return now - article.published < std::chrono::days(settings.close_comments_after_days);
}

std::string quotable_text(const Article& article) {
  return text::plain_text(article.standfirst) + "\n" + text::plain_text(article.body);
}

bool may_be_answered(CommentStatus status) { return status == CommentStatus::published; }

CommentView view_of(const Comment& comment) {
  return {.id = comment.id,
          .parent = comment.parent,
          .depth = comment.depth,
          .kind = comment.kind,
          .status = comment.verdict.status,
          .removed = false,
          .author = comment.author,
          .website = comment.website,
          .body = comment.body,
          .created = comment.created,
          .edited = comment.edited,
          .marks = comment.marks,
          .votes = comment.votes,
          .reader = comment.reader,
          .quote = comment.quote};
}

}  // namespace news
