// Any bytes as a settings file, as a `--set` and as the name of a paper: it is taken, or refused with a sentence that says where.
// What was taken lies within the bounds that the table promises, and the file that `init` would write of it says the same again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "main/settings.h"
#include "text/utf8.h"

namespace {

// Nothing lies in this folder: no file that the settings name is there.
constexpr const char* file = "/nowhere/broadsheet.toml";

void demand(bool claim) {
  if (!claim) std::abort();
}

template <class Number>
void demand_between(Number least, Number value, Number most) {
  demand(least <= value && value <= most);
}

void check_bounds(const cli::Settings& settings) {
  demand_between(1, settings.site.articles_per_page, 100);
  demand_between(1, settings.site.comments_per_page, 500);
  demand_between(1, settings.site.max_comment_depth, 50);
  demand_between(100, settings.site.max_comment_characters, 100'000);
  demand_between(1, settings.backup.keep, 3650);
  demand_between<std::size_t>(1024, settings.server.max_body_bytes, 1U << 30);
  demand_between<std::size_t>(1, settings.server.max_connections, 1'000'000);
  demand_between(1U, settings.server.workers, 100'000U);
  demand_between(1U, settings.server.io_threads, 100'000U);
  demand(settings.site.sends_mail == !settings.mail.url.empty());
  demand(settings.speaks_tls || !settings.tls.redirect);
}

void check_written_again(const news::SiteSettings& site) {
  const auto again = cli::parse_settings(cli::new_settings_file(site), file, {});
  demand(static_cast<bool>(again));
  demand(again->site.title == site.title && again->site.tagline == site.tagline && again->site.url == site.url);
  demand(again->site.timezone == site.timezone && again->site.language == site.language);
}

void check(const base::Result<cli::Settings>& settings, std::string_view place) {
  if (!settings) {
    demand(settings.error().key.starts_with(place) || settings.error().key.starts_with("mail.password_file"));
    return;
  }
  demand(text::is_valid_utf8(settings->site.title) && text::is_valid_utf8(settings->site.tagline));
  check_bounds(*settings);
  check_written_again(settings->site);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  check(cli::parse_settings(text, file, {}), file);
  news::SiteSettings site;
  site.title = text;
  if (cli::check_setting("site.title", text)) check_written_again(site);
  const auto override = cli::parse_override(text);
  if (override) check(cli::parse_settings("", file, {*override}), "");
  return 0;
}
