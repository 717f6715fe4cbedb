// Files that belong to articles. They live below the site folder's media/ under the path they are served at.
#pragma once

#include <cstdint>
#include <string>

#include "base/time.h"
#include "news/ids.h"
#include "text/html.h"

namespace news {

struct NewMedia {
  std::string address;    // the path it is served at: "/media/2026/11/bridge.svg", "/wp-content/uploads/2013/03/boat.jpg"
  std::string file;       // below media/, '/' between folders; empty: the file is missing (imported without it)
  std::string type;       // "image/jpeg"
  int width = 0;          // pixels; 0 if it is no picture or not known
  int height = 0;
  std::int64_t bytes = 0;
  std::string title;
  std::string alternative_text;
  text::Html caption;
  std::string credit;
  base::Time created{};
};

struct Media : NewMedia {
  MediaId id;
};

// A picture as a page shows it.
struct Picture {
  MediaId media;
  std::string address;
  int width = 0;
  int height = 0;
  std::string alternative_text;
  text::Html caption;
  std::string credit;
};

}  // namespace news
