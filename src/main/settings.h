// The operator's settings: broadsheet.toml in the site folder, overridden for one run by `--set KEY=VALUE`. Which there
// are, their defaults and meanings stands in setting_table.h; the file that `init` writes is made from the same table.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/log.h"
#include "base/result.h"
#include "http/server.h"
#include "mail/postman.h"
#include "news/site.h"
#include "text/time_of_day.h"
#include "web/open_streams.h"

namespace cli {

// What the server does by itself every night.
struct BackupSettings {
  std::optional<text::TimeOfDay> drill;  // none: nothing
  std::filesystem::path folder;          // below the site folder if relative; empty: nothing is kept
  int keep = 7;
};

struct Settings {
  news::SiteSettings site;
  http::ServerSettings server;
  http::TlsSettings tls;    // as written; the server's own has them only if they are to be used
  bool speaks_tls = false;  // tls.listen is set
  mail::Server mail;
  BackupSettings backup;
  std::size_t cache_megabytes = 64;
  http::ServerSettings operations{.address = {}};  // where metrics and health are told; an empty address: nowhere
  int requests_per_minute = 600;
  web::StreamLimits streams;
  base::log::Level log_level = base::log::Level::info;
  base::log::Format log_format = base::log::Format::text;
};

// "--set KEY=VALUE": KEY as in the file with its table, "comments.moderation". VALUE is TOML; what is no TOML is taken as a text.
struct Override {
  std::string key;
  std::string value;
};
base::Result<Override> parse_override(const std::string& argument);

// Error{invalid, sentence with file, line and remedy} for a file that is no TOML, an unknown key, or a value that is refused.
base::Result<Settings> load_settings(const std::filesystem::path& file, const std::vector<Override>& overrides);

// The same from the text of a file, which `name` stands for in what is said about it.
base::Result<Settings> parse_settings(std::string_view text, const std::string& name, const std::vector<Override>& overrides);

// Whether a text would be taken for this key: Error{invalid, sentence} if not.
base::Result<void> check_setting(const std::string& key, const std::string& value);

// "ADDRESS:PORT", "[::1]:8080", ":8080" or "8080" into the server's settings.
base::Result<void> set_listen(http::ServerSettings& server, const std::string& listen);

// One row of the table, for whoever writes about settings: "http.listen", its default as TOML, its meaning.
struct SettingText {
  std::string_view key;
  std::string_view example;
  std::string_view meaning;
};
std::vector<SettingText> describe_settings();

// The text of a new broadsheet.toml: every key with its meaning; those of `site` that differ from the default are set, the rest stand as comments.
std::string new_settings_file(const news::SiteSettings& site);

}  // namespace cli
