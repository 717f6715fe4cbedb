// The news site as an http::Handler: the route table, forms, the page cache. The only place where http meets news. It never sees
// the database.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "desk/desk.h"
#include "http/server.h"
#include "news/source.h"
#include "view/theme.h"
#include "web/counts.h"
#include "web/open_streams.h"

namespace web {

struct SiteFolders {
  std::filesystem::path media;
};

struct CacheSettings {
  std::size_t most_bytes = 64 * 1024 * 1024;  // of prepared pages, all codings
};

struct SiteLimits {
  int requests_per_minute = 600;  // per client, that pages must be made for; 0: no limit
  StreamLimits streams = {};      // of readers who wait for news of a thread
};

// Thread-safe.
class Site {
 public:
  Site(const desk::Desk& desk, std::shared_ptr<const view::Theme> theme, SiteFolders folders, CacheSettings cache,
       SiteLimits limits = {});
  ~Site();

  // For http::Server.
  void handle(http::Request request, http::Reply reply);
  std::unique_ptr<http::PreparedSource> make_source();
  std::optional<http::Response> refuse(const http::Request& request, int status);

  // Pages made from any of these are made anew at their next request. Called after every commit, before its writer is answered.
  void make_stale(const std::vector<news::Source>& sources);

  SiteCounts counts() const;

  // Another theme for all pages from now on.
  void set_theme(std::shared_ptr<const view::Theme> theme);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace web
