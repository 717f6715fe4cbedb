#include "main/setting_table.h"

#include <sstream>

#include "base/format.h"
#include "main/listen_place.h"
#include "news/comment_rules.h"
#include "text/date_time.h"
#include "text/language.h"
#include "text/url.h"

namespace cli {
namespace {

using base::Error;
using base::Result;
using base::log::Format;
using base::log::Level;
using Problem = Setting::Problem;
using Apply = decltype(Setting::apply);

Apply text_into(std::string news::SiteSettings::*member) {
  return [member](const toml::node& node, Settings& settings) -> Problem {
    const auto value = node.value<std::string>();
    if (!value) return "must be a text in quotes";
    settings.site.*member = *value;
    return {};
  };
}

// Whole numbers within bounds; `assign` stores them.
Apply number_between(std::int64_t least, std::int64_t most, std::function<void(Settings&, std::int64_t)> assign) {
  return [least, most, assign = std::move(assign)](const toml::node& node, Settings& settings) -> Problem {
    const auto value = node.value_exact<std::int64_t>();
    if (!value || *value < least || *value > most) return base::format("must be a whole number from {} to {}", least, most);
    assign(settings, *value);
    return {};
  };
}

Apply number_into(int news::SiteSettings::*member, int least, int most) {
  return number_between(least, most,
                        [member](Settings& settings, std::int64_t value) { settings.site.*member = static_cast<int>(value); });
}

// A list of texts, or one text with commas.
Apply texts_into(std::function<std::vector<std::string>&(Settings&)> place) {
  return [place = std::move(place)](const toml::node& node, Settings& settings) -> Problem {
    std::vector<std::string> values;
    if (const toml::array* array = node.as_array()) {
      for (const toml::node& element : *array) {
        const auto value = element.value<std::string>();
        if (!value) return "must be a list of texts: [\"one\", \"two\"]";
        values.push_back(*value);
      }
    } else if (const auto line = node.value<std::string>()) {
      std::stringstream parts(*line);
      for (std::string part; std::getline(parts, part, ',');) {
        const auto start = part.find_first_not_of(' ');
        if (start != std::string::npos) values.push_back(part.substr(start, part.find_last_not_of(' ') - start + 1));
      }
    } else {
      return "must be a list of texts: [\"one\", \"two\"]";
    }
    place(settings) = std::move(values);
    return {};
  };
}

// One of a few words; `place` is where its value belongs.
template <class Value>
Apply one_of(std::vector<std::pair<std::string, Value>> words, Value& (*place)(Settings&)) {
  return [words = std::move(words), place](const toml::node& node, Settings& settings) -> Problem {
    const std::string given = node.value_or(std::string());
    std::string known;
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (words[i].first == given) {
        place(settings) = words[i].second;
        return {};
      }
      known += base::format("{}\"{}\"", i == 0 ? "" : i + 1 == words.size() ? " or " : ", ", words[i].first);
    }
    return "must be " + known;
  };
}

Problem apply_url(const toml::node& node, Settings& settings) {
  std::string url = node.value_or(std::string("?"));
  while (!url.empty() && url.back() == '/') url.pop_back();
  const auto parsed = text::parse_url(url);
  const bool is_web = parsed && (parsed->scheme == "http" || parsed->scheme == "https") && !parsed->host.empty();
  if (!url.empty() && (!is_web || !parsed->path.empty()))
    return "must be the site's address without a path, like \"https://example.org\", or \"\"";
  settings.site.url = url;
  return {};
}

Problem apply_timezone(const toml::node& node, Settings& settings) {
  const auto name = node.value<std::string>();
  if (!name || !text::TimeZone::named(*name)) return "must be a time zone like \"Europe/Berlin\" or \"UTC\"";
  settings.site.timezone = *name;
  return {};
}

Problem apply_language(const toml::node& node, Settings& settings) {
  const auto tag = node.value<std::string>();
  if (!tag || !text::is_language_tag(*tag)) return "must be a language tag like \"en\", \"de\" or \"ar\"";
  settings.site.language = *tag;
  return {};
}

Problem apply_theme(const toml::node& node, Settings& settings) {
  const auto name = node.value<std::string>();
  if (!name || name->empty() || name->find_first_of("/\\.") != std::string::npos)
    return "must be the name of a folder in themes/, or \"default\"";
  settings.site.theme = *name;
  return {};
}

Problem apply_listen(const toml::node& node, Settings& settings) {
  const auto listen = node.value<std::string>();
  if (!listen || !set_listen(settings.server, *listen)) return "must be \"ADDRESS:PORT\", like \"127.0.0.1:8080\"";
  return {};
}

Problem apply_tls_listen(const toml::node& node, Settings& settings) {
  const auto listen = node.value<std::string>();
  settings.speaks_tls = listen && !listen->empty();
  if (listen && listen->empty()) return {};
  const auto place = listen ? parse_listen(*listen) : Result<ListenPlace>(Error{});
  if (!place) return "must be \"ADDRESS:PORT\", like \"0.0.0.0:443\", or \"\"";
  settings.tls.address = place->address;
  settings.tls.port = place->port;
  return {};
}

Apply file_into(std::filesystem::path http::TlsSettings::*member) {
  return [member](const toml::node& node, Settings& settings) -> Problem {
    const auto name = node.value<std::string>();
    if (!name) return "must be the name of a file in quotes";
    settings.tls.*member = *name;
    return {};
  };
}

Problem apply_tls_redirect(const toml::node& node, Settings& settings) {
  const auto redirect = node.value_exact<bool>();
  if (!redirect) return "must be true or false";
  settings.tls.redirect = *redirect;
  return {};
}

Problem apply_operations(const toml::node& node, Settings& settings) {
  const auto listen = node.value<std::string>();
  if (listen && listen->empty())
    settings.operations.address.clear();
  else if (!listen || !set_listen(settings.operations, *listen))
    return "must be \"ADDRESS:PORT\", like \"127.0.0.1:9180\", or \"\"";
  return {};
}

Problem apply_access_log(const toml::node& node, Settings& settings) {
  const auto value = node.value_exact<bool>();
  if (!value) return "must be true or false";
  settings.server.log.access = *value;
  return {};
}

Problem apply_drill(const toml::node& node, Settings& settings) {
  const auto value = node.value<std::string>();
  settings.backup.drill = value ? text::parse_time_of_day(*value) : std::nullopt;
  if (!value || (!value->empty() && !settings.backup.drill)) return "must be a time of day like \"03:30\", or \"\"";
  return {};
}

Problem apply_backup_folder(const toml::node& node, Settings& settings) {
  const auto value = node.value<std::string>();
  if (!value) return "must be a folder's name in quotes";
  settings.backup.folder = *value;
  return {};
}

// "smtp://host:25" or "smtps://host": a scheme, a host, and nothing behind it.
Problem apply_mail_server(const toml::node& node, Settings& settings) {
  const std::string url = node.value_or(std::string("?"));
  const auto parsed = text::parse_url(url);
  const bool is_server = parsed && (parsed->scheme == "smtp" || parsed->scheme == "smtps") && !parsed->host.empty() &&
                         parsed->path.empty() && parsed->query.empty() && parsed->fragment.empty();
  if (!url.empty() && !is_server)
    return "must be like \"smtp://localhost:25\" or \"smtps://mail.example.org\", or \"\" for no mail";
  settings.mail.url = url;
  settings.site.sends_mail = !url.empty();
  return {};
}

Problem apply_mail_from(const toml::node& node, Settings& settings) {
  const std::string address = node.value_or(std::string("?"));
  if (!address.empty() && !news::is_email_address(address)) return "must be an address of mail, like \"paper@example.org\"";
  settings.mail.from = address;
  return {};
}

// A line of text, because it stands in headers.
Apply line_into(std::string mail::Server::*member) {
  return [member](const toml::node& node, Settings& settings) -> Problem {
    const auto value = node.value<std::string>();
    if (!value || value->find_first_of("\r\n") != std::string::npos) return "must be a text in quotes, in one line";
    settings.mail.*member = *value;
    return {};
  };
}

Problem apply_moderators(const toml::node& node, Settings& settings) {
  const Problem problem =
      texts_into([](Settings& all) -> std::vector<std::string>& { return all.site.moderators; })(node, settings);
  if (!problem.empty()) return problem;
  for (const std::string& address : settings.site.moderators) {
    if (!news::is_email_address(address)) return base::format("must hold addresses of mail; \"{}\" is none", address);
  }
  return {};
}

}  // namespace

// Long because it is the table of all settings, in the order of the file.
const std::vector<Setting>& all_settings() {
  using news::SiteSettings;
  static const std::vector<Setting> table = {
      {"site.title", "\"Broadsheet\"", "The name of the paper.", text_into(&SiteSettings::title)},
      {"site.tagline", "\"\"", "A line under the name.", text_into(&SiteSettings::tagline)},
      {"site.url", "\"\"", "Where readers find the site, like \"https://example.org\". Empty: canonical addresses stay relative.",
       apply_url},
      {"site.timezone", "\"UTC\"", "The time zone in which times are shown and written.", apply_timezone},
      {"site.language", "\"en\"", "The language of the site (BCP 47).", apply_language},
      {"site.theme", "\"default\"", "A folder in themes/, or \"default\" for the theme that is built in.", apply_theme},
      {"site.articles_per_page", "20", "On the pages of sections, tags, authors, dates and search.",
       number_into(&SiteSettings::articles_per_page, 1, 100)},
      {"http.listen", "\"127.0.0.1:8080\"", "The address and port to listen on; port 0 takes a free one.", apply_listen},
      {"http.io_threads", "0", "Threads that read and write sockets. 0: one for each two processors.",
       number_between(0, 64,
                      [](Settings& settings, std::int64_t value) { settings.server.io_threads = static_cast<unsigned>(value); })},
      {"http.workers", "0", "Threads that make pages. 0: two for each processor.",
       number_between(0, 256,
                      [](Settings& settings, std::int64_t value) { settings.server.workers = static_cast<unsigned>(value); })},
      {"http.trusted_proxies", "[]",
       "Addresses or ranges whose X-Forwarded-For and X-Forwarded-Proto are believed, like [\"10.0.0.0/8\"].",
       texts_into([](Settings& settings) -> std::vector<std::string>& { return settings.server.trusted_proxies; })},
      {"http.max_connections", "20000", "Connections at the same time; more are told to come back later.",
       number_between(
           1, 1'000'000,
           [](Settings& settings, std::int64_t value) { settings.server.max_connections = static_cast<std::size_t>(value); })},
      {"http.max_body_bytes", "1048576", "The largest form that is accepted.",
       number_between(
           1024, 1 << 30,
           [](Settings& settings, std::int64_t value) { settings.server.max_body_bytes = static_cast<std::size_t>(value); })},
      {"tls.listen", "\"\"",
       "The address and port for https, like \"0.0.0.0:443\". Empty: without TLS, as behind a proxy that does it.",
       apply_tls_listen},
      {"tls.certificate", "\"\"", "A PEM file with the certificate and its chain. It is read again when it changes.",
       file_into(&http::TlsSettings::certificate)},
      {"tls.key", "\"\"", "A PEM file with the certificate's private key, which others must not be able to read.",
       file_into(&http::TlsSettings::key)},
      {"tls.redirect", "false", "Whether requests that come to http.listen are sent to https.", apply_tls_redirect},
      {"comments.moderation", "\"first\"",
       "Which comments wait for a moderator: \"none\", a reader's \"first\" ones, or \"all\".",
       one_of<news::Moderation>(
           {{"none", news::Moderation::none}, {"first", news::Moderation::first}, {"all", news::Moderation::all}},
           [](Settings& settings) -> news::Moderation& { return settings.site.moderation; })},
      {"comments.per_page", "50", "Top-level comments on a page of a thread.",
       number_into(&SiteSettings::comments_per_page, 1, 500)},
      {"comments.max_depth", "10", "How deep replies nest; deeper ones stand at this depth.",
       number_into(&SiteSettings::max_comment_depth, 1, 50)},
      {"comments.max_characters", "10000", "The longest comment.",
       number_into(&SiteSettings::max_comment_characters, 100, 100'000)},
      {"comments.close_after_days", "0", "Articles older than this take no more comments. 0: never.",
       number_into(&SiteSettings::close_comments_after_days, 0, 36'500)},
      {"comments.edit_minutes", "15", "How long its author may change a comment. 0: not at all.",
       number_into(&SiteSettings::comment_edit_minutes, 0, 10'000)},
      {"comments.reserved_names", "[]", "Names of staff that no reader may sign with, nor with one that looks like it.",
       texts_into([](Settings& settings) -> std::vector<std::string>& { return settings.site.reserved_names; })},
      {"mail.server", "\"\"",
       "The SMTP server, like \"smtp://localhost:25\" or \"smtps://mail.example.org\". Empty: no mail, and nothing that needs it "
       "is offered.",
       apply_mail_server},
      {"mail.user", "\"\"", "The name to sign in at it with; then the connection is always encrypted. Empty: none.",
       line_into(&mail::Server::user)},
      {"mail.password_file", "\"\"",
       "A file with the password in its first line, readable by its owner only. Relative to the site folder.",
       line_into(&mail::Server::password_file)},
      {"mail.from", "\"\"", "The address that mails come from.", apply_mail_from},
      {"mail.name", "\"\"", "The name that mails come from. Empty: the site's title.", line_into(&mail::Server::from_name)},
      {"mail.moderators", "[]", "Addresses that are told of held comments, at most every quarter of an hour.", apply_moderators},
      {"mail.per_hour", "500", "Mails in an hour, in all; more wait.", number_into(&SiteSettings::mails_per_hour, 1, 1'000'000)},
      {"mail.keep_failed_days", "14", "How long mails that failed for good are kept.",
       number_into(&SiteSettings::keep_failed_mail_days, 0, 365)},
      {"privacy.keep_tokens_days", "1",
       "How long it is kept who caused a mail: a token of a network address and a day, never the address.",
       number_into(&SiteSettings::keep_tokens_days, 0, 30)},
      {"limits.comments_per_minute", "10", "From one network address. 0: no limit.",
       number_into(&SiteSettings::comments_per_minute, 0, 1'000'000)},
      {"limits.connections_per_client", "1000", "Open connections from one network address. 0: no limit.",
       number_between(0, 1'000'000,
                      [](Settings& settings, std::int64_t value) {
                        settings.server.max_connections_per_client = static_cast<std::size_t>(value);
                      })},
      {"limits.requests_per_minute", "600", "Pages and searches that must be made anew for one network address. 0: no limit.",
       number_between(0, 1'000'000,
                      [](Settings& settings, std::int64_t value) { settings.requests_per_minute = static_cast<int>(value); })},
      {"limits.streams", "4000", "Readers who wait for news of a thread at the same time.",
       number_between(0, 1'000'000,
                      [](Settings& settings, std::int64_t value) { settings.streams.in_all = static_cast<std::size_t>(value); })},
      {"limits.streams_per_client", "50", "The same from one network address.",
       number_between(
           0, 1'000'000,
           [](Settings& settings, std::int64_t value) { settings.streams.of_one_client = static_cast<std::size_t>(value); })},
      {"content.image_hosts", "[]", "Other hosts whose pictures articles may show. Pictures from elsewhere become links.",
       texts_into([](Settings& settings) -> std::vector<std::string>& { return settings.site.image_hosts; })},
      {"cache.megabytes", "64", "Memory for pages that are ready to send.",
       number_between(
           1, 65'536,
           [](Settings& settings, std::int64_t value) { settings.cache_megabytes = static_cast<std::size_t>(value); })},
      {"backup.drill", "\"\"",
       "When the server takes a backup every night, restores it elsewhere and compares, like \"03:30\". Empty: never.",
       apply_drill},
      {"backup.folder", "\"\"",
       "Where these backups stay: a folder, in the site folder if it is no whole path. Empty: they are removed after the drill.",
       apply_backup_folder},
      {"backup.keep", "7", "How many of them stay.",
       number_between(1, 3650, [](Settings& settings, std::int64_t value) { settings.backup.keep = static_cast<int>(value); })},
      {"ops.listen", "\"\"",
       "Where /metrics, /healthz and /readyz are told, like \"127.0.0.1:9180\"; keep it from strangers. Empty: nowhere.",
       apply_operations},
      {"log.level", "\"info\"", "\"debug\", \"info\", \"warning\" or \"error\".",
       one_of<Level>({{"debug", Level::debug}, {"info", Level::info}, {"warning", Level::warning}, {"error", Level::error}},
                     [](Settings& settings) -> Level& { return settings.log_level; })},
      {"log.format", "\"text\"", "\"text\" for people, or \"json\": one object a line.",
       one_of<Format>({{"text", Format::text}, {"json", Format::json}},
                      [](Settings& settings) -> Format& { return settings.log_format; })},
      {"log.access", "false",
       "Whether each answer is logged: method, path without query, protocol, status, bytes, time; never who asked.",
       apply_access_log},
      {"log.slow_milliseconds", "500", "Answers that took so long are logged with the reason. 0: never.",
       number_between(
           0, 3'600'000,
           [](Settings& settings, std::int64_t value) { settings.server.log.slow = std::chrono::milliseconds(value); })},
  };
  return table;
}

}  // namespace cli
