#include "news/permalink.h"

#include "base/format.h"
#include "text/url.h"

namespace news {
namespace {

struct Row {
  std::string_view name;
  std::string PermalinkRules::*member;
};

constexpr Row rows[] = {
    {"permalink.article", &PermalinkRules::article},     {"permalink.section_base", &PermalinkRules::section_base},
    {"permalink.tag_base", &PermalinkRules::tag_base},   {"permalink.author_base", &PermalinkRules::author_base},
    {"permalink.date_base", &PermalinkRules::date_base},
};

bool has_tag(std::string_view structure, std::string_view tag) { return structure.find(tag) != std::string_view::npos; }

// WordPress stores slugs of other scripts percent-encoded, others store them plain: both give the same path.
std::string path_part(std::string_view slugs) {
  return text::percent_encode_path(text::percent_decode(slugs).value_or(std::string(slugs)));
}

std::string value_of(std::string_view tag, const AddressParts& parts) {
  const text::CivilTime& time = parts.published;
  if (tag == "year") return base::format("{:04}", time.year);
  if (tag == "monthnum") return base::format("{:02}", time.month);
  if (tag == "day") return base::format("{:02}", time.day);
  if (tag == "hour") return base::format("{:02}", time.hour);
  if (tag == "minute") return base::format("{:02}", time.minute);
  if (tag == "second") return base::format("{:02}", time.second);
  if (tag == "post_id") return std::to_string(parts.id.value);
  if (tag == "postname") return path_part(parts.slug);
  if (tag == "category") return path_part(parts.section_path);
  if (tag == "author") return path_part(parts.author_slug);
  return {};
}

std::string rooted(std::string_view path) {
  std::string out = "/";
  for (const char c : path) {
    if (c != '/' || out.back() != '/') out += c;
  }
  return out;
}

// Sections, tags, authors and dates end with a slash exactly if articles do, as WordPress has it.
std::string closed(const PermalinkRules& rules, std::string path) {
  const bool with_slash = rules.article.empty() || rules.article.back() == '/';
  return rooted(with_slash ? path + "/" : path);
}

std::string numbered_address(std::string address, int page) {
  if (page <= 1) return address;
  if (address.find('?') != std::string::npos) return address + base::format("&cpage={}", page);
  const bool is_closed = address.ends_with('/');
  return address + base::format("{}comment-page-{}{}", is_closed ? "" : "/", page, is_closed ? "/" : "");
}

bool is_tag_character(char c) { return (c >= 'a' && c <= 'z') || c == '_'; }

}  // namespace

std::string expand_permalink(std::string_view structure, const AddressParts& parts) {
  if (structure.empty()) return base::format("/?p={}", parts.id.value);
  std::string whole(structure);
  if (!has_tag(structure, "%postname%") && !has_tag(structure, "%post_id%"))
    whole += whole.back() == '/' ? "%postname%/" : "/%postname%";
  std::string out;
  for (std::size_t at = 0; at < whole.size();) {
    std::size_t end = at + 1;
    while (whole[at] == '%' && end < whole.size() && is_tag_character(whole[end])) ++end;
    if (whole[at] == '%' && end > at + 1 && end < whole.size() && whole[end] == '%') {
      out += value_of(std::string_view(whole).substr(at + 1, end - at - 1), parts);
      at = end + 1;
    } else {
      out += whole[at++];
    }
  }
  return rooted(out);
}

bool shows_slug(std::string_view structure) {
  return has_tag(structure, "%postname%") || (!structure.empty() && !has_tag(structure, "%post_id%"));
}

std::string page_address(const PermalinkRules& rules, std::string_view ancestors, std::string_view slug) {
  return closed(rules, base::format("/{}/{}", path_part(ancestors), path_part(slug)));
}

std::string section_address(const PermalinkRules& rules, std::string_view path) {
  return closed(rules, rules.section_base + "/" + path_part(path));
}
std::string tag_address(const PermalinkRules& rules, std::string_view slug) {
  return closed(rules, rules.tag_base + "/" + path_part(slug));
}
std::string author_address(const PermalinkRules& rules, std::string_view slug) {
  return closed(rules, rules.author_base + "/" + path_part(slug));
}

std::string date_address(const PermalinkRules& rules, int year, int month, int day) {
  std::string path = base::format("{}/{:04}", rules.date_base, year);
  if (month != 0) path += base::format("/{:02}", month);
  if (month != 0 && day != 0) path += base::format("/{:02}", day);
  return closed(rules, path);
}

std::string_view name_of(ThreadOrder order) {
  switch (order) {
    case ThreadOrder::oldest: break;
    case ThreadOrder::newest: return "newest";
    case ThreadOrder::best: return "best";
  }
  return {};
}

ThreadOrder thread_order_from(std::string_view name) {
  for (const ThreadOrder order : {ThreadOrder::newest, ThreadOrder::best}) {
    if (name == name_of(order)) return order;
  }
  return ThreadOrder::oldest;
}

std::string thread_address(std::string_view article_address, const ThreadPart& part) {
  std::string address(article_address);
  const auto add = [&](std::string_view name, std::string_view value) {
    address += base::format("{}{}={}", address.find('?') == std::string::npos ? '?' : '&', name, value);
  };
  if (part.branch)
    add("thread", std::to_string(part.branch.value));
  else if (part.order != ThreadOrder::oldest)
    add("comments", name_of(part.order));
  else
    return numbered_address(std::move(address), part.page);
  if (part.after) add("after", std::to_string(part.after.value));
  return address;
}

std::string comment_address(std::string_view article_address, const ThreadPart& part, CommentId comment) {
  return thread_address(article_address, part) + base::format("#comment-{}", comment.value);
}

std::vector<std::pair<std::string, std::string>> to_settings(const PermalinkRules& rules) {
  std::vector<std::pair<std::string, std::string>> settings;
  for (const Row& row : rows) settings.emplace_back(row.name, rules.*row.member);
  return settings;
}

PermalinkRules permalink_rules_from(const std::function<std::optional<std::string>(std::string_view name)>& setting) {
  PermalinkRules rules;
  for (const Row& row : rows) {
    if (std::optional<std::string> value = setting(row.name)) rules.*row.member = std::move(*value);
  }
  return rules;
}

}  // namespace news
