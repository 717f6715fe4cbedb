#include "main/settings.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <thread>

#include "base/format.h"
#include "main/listen_place.h"
#include "main/setting_table.h"
#include "text/utf8.h"

namespace cli {
namespace {

using base::Errc;
using base::Error;
using base::Result;

const Setting* find_setting(std::string_view key) {
  for (const Setting& setting : all_settings()) {
    if (setting.key == key) return &setting;
  }
  return nullptr;
}

std::string known_keys(std::string_view table) {
  std::string keys;
  for (const Setting& setting : all_settings()) {
    if (std::string_view(setting.key).starts_with(table)) keys += (keys.empty() ? "" : ", ") + std::string(setting.key);
  }
  return keys;
}

Error unknown_key(std::string_view place, std::string_view key) {
  const std::string near = known_keys(key.substr(0, key.find('.') + 1));
  const std::string remedy =
      near.empty() ? "The tables are site, http, tls, comments, mail, privacy, limits, content, cache, backup, ops and log."
                   : "Known: " + near + ".";
  return {Errc::invalid, base::format("{}: there is no setting \"{}\". {}", place, key, remedy), {}};
}

Result<void> apply(const std::string& key, const toml::node& node, const std::string& place, Settings& settings) {
  const Setting* setting = find_setting(key);
  if (!setting) return unknown_key(place, key);
  const Setting::Problem problem = setting->apply(node, settings);
  if (!problem.empty()) return Error{Errc::invalid, base::format("{}: {} {}.", place, key, problem), {}};
  return {};
}

Result<void> apply_text(std::string_view text, const std::string& file, Settings& settings) {
  toml::table document;
  try {
    document = toml::parse(text, file);
  } catch (const toml::parse_error& error) {
    return Error{
        Errc::invalid,
        base::format("{}, line {}: {}. Correct the line and try again.", file, error.source().begin.line, error.description()),
        {}};
  }
  for (const auto& [table_name, table] : document) {
    const auto line = [&](const toml::node& node) { return base::format("{}, line {}", file, node.source().begin.line); };
    if (!table.is_table()) return unknown_key(line(table), table_name.str());
    for (const auto& [name, node] : *table.as_table()) {
      TRY(apply(std::string(table_name.str()) + "." + std::string(name.str()), node, line(node), settings));
    }
  }
  return {};
}

// Mails that can be answered, and links that lead somewhere.
Result<void> check_mail(const std::filesystem::path& file, const Settings& settings) {
  if (!settings.site.sends_mail) return {};
  const auto missing = [&](const char* key, const char* why) {
    return Error{Errc::invalid, base::format("{}: mail.server is set, but {} is not: {}", file.string(), key, why), {}};
  };
  if (settings.mail.from.empty()) return missing("mail.from", "set it to the address that mails come from.");
  if (settings.site.url.empty())
    return missing("site.url", "mails need it for their links. Set it to the site's address, like \"https://example.org\".");
  if (settings.mail.user.empty() != settings.mail.password_file.empty()) {
    return Error{Errc::invalid, base::format("{}: set mail.user and mail.password_file both, or neither.", file.string()), {}};
  }
  return {};
}

Result<void> read_password(const std::filesystem::path& folder, mail::Server& server) {
  if (server.password_file.empty()) return {};
  const std::filesystem::path file = folder / server.password_file;
  const std::filesystem::file_status status = std::filesystem::status(file);
  if (!std::filesystem::is_regular_file(status)) {
    return Error{Errc::not_found,
                 base::format("mail.password_file: there is no file {}. Write the password into its first line.", file.string()),
                 {}};
  }
  using std::filesystem::perms;
  if ((status.permissions() & (perms::group_all | perms::others_all)) != perms::none) {
    return Error{Errc::unavailable,
                 base::format("The password file {} can be read by other users of this machine. Run: chmod 600 {}", file.string(),
                              file.string()),
                 {}};
  }
  std::ifstream in(file);
  std::getline(in, server.password);
  if (!server.password.empty() && server.password.back() == '\r') server.password.pop_back();
  if (server.password.empty())
    return Error{
        Errc::invalid, base::format("The password file {} is empty. Write the password into its first line.", file.string()), {}};
  return {};
}

// For a text that somebody typed: in a file the TOML was found to be UTF-8.
Result<void> apply_typed(const std::string& key, const std::string& value, const std::string& place, Settings& settings) {
  if (!text::is_valid_utf8(value)) return Error{Errc::invalid, base::format("{}: {} must be UTF-8.", place, key), {}};
  return apply(key, toml::value<std::string>(value), place, settings);
}

Result<void> apply_override(const Override& override, Settings& settings) {
  const std::string place = "--set " + override.key;
  try {
    const toml::table parsed = toml::parse("value = " + override.value);
    if (parsed.size() == 1) return apply(override.key, *parsed.get("value"), place, settings);
  } catch (const toml::parse_error&) {
    // A bare word: moderation=none. It is a text then.
  }
  return apply_typed(override.key, override.value, place, settings);
}

// A text as a TOML basic string, https://toml.io/en/v1.0.0#string: every control character must be escaped, DEL too.
std::string toml_text(std::string_view plain) {
  std::string out = "\"";
  for (const char c : plain) {
    if (c == '"' || c == '\\') out += '\\';
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
      out += base::format("\\u{:04x}", c);
    else
      out += c;
  }
  return out + '"';
}

// TLS is spoken where tls.listen says so. Its files are looked for in the site folder unless they are named from the root.
Result<void> settle_tls(Settings& settings, const std::filesystem::path& file) {
  if (!settings.speaks_tls) {
    if (!settings.tls.redirect) return {};
    return Error{
        Errc::invalid,
        base::format("{}: tls.redirect sends readers to https, but tls.listen does not say where that is. Set tls.listen, "
                     "tls.certificate and tls.key, or take tls.redirect out.",
                     file.string()),
        {}};
  }
  if (settings.tls.certificate.empty() || settings.tls.key.empty()) {
    return Error{
        Errc::invalid,
        base::format("{}: tls.listen needs a certificate and its key. Set tls.certificate and tls.key to their PEM files.",
                     file.string()),
        {}};
  }
  http::TlsSettings& tls = settings.server.tls.emplace(settings.tls);
  tls.certificate = file.parent_path() / tls.certificate;
  tls.key = file.parent_path() / tls.key;
  if (settings.site.url.starts_with("https://")) tls.origin = settings.site.url;
  return {};
}

}  // namespace

Result<Override> parse_override(const std::string& argument) {
  const auto equals = argument.find('=');
  if (equals == std::string::npos || equals == 0) {
    return Error{
        Errc::invalid, base::format("--set {}: write it as KEY=VALUE, like --set comments.moderation=none.", argument), {}};
  }
  return Override{argument.substr(0, equals), argument.substr(equals + 1)};
}

Result<Settings> load_settings(const std::filesystem::path& file, const std::vector<Override>& overrides) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in || text.fail())
    return Error{
        Errc::invalid, base::format("{} cannot be read. Check that it is there and that you may read it.", file.string()), {}};
  return parse_settings(text.str(), file.string(), overrides);
}

Result<Settings> parse_settings(std::string_view text, const std::string& name, const std::vector<Override>& overrides) {
  const std::filesystem::path file(name);
  Settings settings;
  settings.server.io_threads = 0;
  settings.server.workers = 0;
  settings.server.log.slow = std::chrono::milliseconds(500);
  TRY(apply_text(text, name, settings));
  for (const Override& override : overrides) TRY(apply_override(override, settings));
  TRY(settle_tls(settings, file));
  TRY(check_mail(file, settings));
  TRY(read_password(file.parent_path(), settings.mail));
  const unsigned processors = std::max(1U, std::thread::hardware_concurrency());
  if (settings.server.io_threads == 0) settings.server.io_threads = std::max(1U, processors / 2);
  if (settings.server.workers == 0) settings.server.workers = 2 * processors;
  return settings;
}

Result<void> check_setting(const std::string& key, const std::string& value) {
  Settings unused;
  return apply_typed(key, value, "\"" + value + "\"", unused);
}

Result<void> set_listen(http::ServerSettings& server, const std::string& listen) {
  const ListenPlace place = TRY(parse_listen(listen));
  server.address = place.address;
  server.port = place.port;
  return {};
}

std::vector<SettingText> describe_settings() {
  std::vector<SettingText> texts;
  for (const Setting& setting : all_settings()) texts.push_back({setting.key, setting.example, setting.meaning});
  return texts;
}

std::string new_settings_file(const news::SiteSettings& site) {
  const std::vector<std::pair<std::string_view, std::string>> given = {{"site.title", site.title},
                                                                       {"site.tagline", site.tagline},
                                                                       {"site.url", site.url},
                                                                       {"site.timezone", site.timezone},
                                                                       {"site.language", site.language}};
  std::string text =
      "# The settings of this site. A line that begins with # shows the default. A change counts from the next start.\n";
  std::string table;
  for (const Setting& setting : all_settings()) {
    const std::string_view key = setting.key;
    const auto dot = key.find('.');
    if (key.substr(0, dot) != table) {
      table = key.substr(0, dot);
      text += base::format("\n[{}]\n", table);
    }
    text += base::format("# {}\n", setting.meaning);
    const auto value = std::find_if(given.begin(), given.end(), [&](const auto& pair) { return pair.first == key; });
    const bool is_given = value != given.end() && toml_text(value->second) != setting.example;
    text += base::format("{}{} = {}\n", is_given ? "" : "# ", key.substr(dot + 1),
                         is_given ? toml_text(value->second) : setting.example);
  }
  return text;
}

}  // namespace cli
