#include "import/wordpress_survey.h"

#include <algorithm>

#include "import/wxr_reader.h"
#include "text/url.h"

namespace import_ {
namespace {

constexpr std::size_t most_samples = 2000;
constexpr std::size_t most_media_hosts = 5;
constexpr std::size_t most_pattern_bytes = 4U << 20U;
constexpr std::size_t most_foundation_bytes = 8U << 20U;

std::size_t bytes_of(const std::vector<WxrMeta>& metas) {
  std::size_t bytes = 0;
  for (const WxrMeta& meta : metas) bytes += sizeof meta + meta.key.size() + meta.value.size();
  return bytes;
}
std::size_t bytes_of(const WxrAuthor&) { return sizeof(WxrAuthor); }
std::size_t bytes_of(const WxrTerm& term) { return sizeof term + term.description.size() + bytes_of(term.meta); }
std::size_t bytes_of(const WxrItem& item) {
  return sizeof item + item.content.size() + item.excerpt.size() + item.comments.size() * sizeof(WxrComment) + bytes_of(item.meta);
}

class Surveyor final : public WxrVisitor {
 public:
  Surveyor(Survey& survey, const std::function<void(std::uint64_t, std::uint64_t)>& progress) : survey_(survey), progress_(progress) {}

  void on_site(const WxrSite& site) override {
    if (survey_.origin.empty()) take_site(site);
  }
  void on_author(WxrAuthor author) override { keep(std::move(author)); }
  void on_term(WxrTerm term) override { keep(std::move(term)); }
  void on_problem(const WxrProblem&) override {}

  void on_item(WxrItem item) override {
    if (item.post_type == "attachment") {
      survey_.attachments_of[item.post_parent].push_back(item.post_id);
      note_media_host(item);
      note_uploads_host(item);
      keep(std::move(item));
    } else if (item.post_type == "post" && item.status == "publish" && survey_.samples.size() < most_samples) {
      survey_.samples.push_back(to_sample(item));
    } else if (item.post_type == "wp_block" && pattern_bytes_ + item.content.size() <= most_pattern_bytes) {
      pattern_bytes_ += item.content.size();
      survey_.patterns[item.post_id] = std::move(item.content);
    }
  }
  void on_progress(std::uint64_t done, std::uint64_t total) override { progress_(done, total); }

 private:
  void take_site(const WxrSite& site) {
    survey_.site = site;
    const std::string& root = site.base_blog_url.empty() ? site.link : site.base_blog_url;
    const std::optional<text::Url> url = text::parse_url(root);
    if (url && !url->host.empty()) add_origins(url->host);
    survey_.origin = "wordpress:" + (url && !url->host.empty() ? url->host + url->path : root);
    while (survey_.origin.ends_with('/')) survey_.origin.pop_back();
  }

  void add_origins(const std::string& host) {
    const bool has_www = host.starts_with("www.");
    for (const std::string& name : {host, has_www ? host.substr(4) : "www." + host}) {
      survey_.own_origins.push_back("https://" + name);
      survey_.own_origins.push_back("http://" + name);
    }
  }

  // What can't be brought along stays where it is, and articles go on showing it from there. Bounded: an export is no way to open a site to the world.
  void note_media_host(const WxrItem& item) {
    const std::optional<text::Url> url = text::parse_url(item.attachment_url);
    if (!url || url->host.empty() || survey_.media_hosts.size() == most_media_hosts) return;
    const auto has = [&](const std::vector<std::string>& list, const std::string& what) { return std::find(list.begin(), list.end(), what) != list.end(); };
    if (!has(survey_.own_origins, url->origin()) && !has(survey_.media_hosts, url->host)) survey_.media_hosts.push_back(url->host);
  }

  // An attachment that lives on another host under year and month tells where that host keeps this site's uploads.
  void note_uploads_host(const WxrItem& item) {
    if (!survey_.uploads_prefix.empty() || item.attachment_url.find("/wp-content/uploads/") != std::string::npos) return;
    const std::optional<text::Url> url = text::parse_url(item.attachment_url);
    if (url && url->host.ends_with(".files.wordpress.com")) survey_.uploads_prefix = url->origin() + "/";
  }

  static PermalinkSample to_sample(const WxrItem& item) {
    PermalinkSample sample{.link = item.link, .date = {}, .slug = item.post_name, .id = item.post_id, .categories = {}, .author = item.creator};
    if (const auto date = parse_wordpress_date(item.post_date)) sample.date = *date;
    for (const WxrItemTerm& term : item.terms) {
      if (term.taxonomy == "category") sample.categories.push_back(term.slug);
    }
    return sample;
  }

  template <class Part>
  void keep(Part part) {
    Foundation& foundation = survey_.foundation;
    foundation_bytes_ += bytes_of(part);
    if (foundation_bytes_ > most_foundation_bytes) foundation = {.parts = {}, .is_whole = false};
    if (foundation.is_whole) foundation.parts.emplace_back(std::move(part));
  }

  Survey& survey_;
  std::size_t pattern_bytes_ = 0;
  std::size_t foundation_bytes_ = 0;
  const std::function<void(std::uint64_t, std::uint64_t)>& progress_;
};

}  // namespace

base::Result<Survey> survey_exports(const std::vector<std::filesystem::path>& files,
                                    const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
  Survey survey;
  Surveyor surveyor(survey, progress);
  for (const std::filesystem::path& file : files) TRY(read_wxr(file, surveyor));
  return survey;
}

}  // namespace import_
