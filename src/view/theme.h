// A theme: the templates and assets that make pages out of models. Read once and then immutable; a site that gets a new theme
// gets a new value. Everything is checked while it is read (escaping, names, what the Content-Security-Policy would refuse, and
// one expansion of every template with sample pages), so that a broken theme is refused with its file and line and a running site
// keeps the one it has. The template library is known to theme.cpp alone. Never reads a file after load, never sees the database.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "text/html.h"
#include "view/catalogue.h"
#include "view/model.h"

namespace view {

// A file of the theme that a browser fetches: the style sheet, a picture.
struct Asset {
  std::string_view content;
  std::string_view type;   // "text/css; charset=utf-8"
  std::string_view hash;   // of the content, ten hexadecimal digits: good as an ETag
  bool immutable = false;  // the address names the content, so it may be kept for ever
};

// Each is a file of this name with ".tpl".
enum class Template {
  front,
  listing,
  search,
  article,
  page,
  password,
  comment_form,
  comment_task,
  reader,
  not_found,
  gone,
  error
};

// Thread-safe once made.
class Theme {
 public:
  // `folder` is the site's own themes/NAME and need not exist for a shipped theme ("default"). A file that it lacks is taken from
  // the shipped theme of that name, or else from "default". The interface's texts ({{t comment.reply}}) come from `messages`.
  // Error{invalid, "themes/mine/article.tpl, line 3: …"} with every fault on a line of its own.
  static base::Result<std::shared_ptr<const Theme>> load(std::string_view name, const std::filesystem::path& folder,
                                                         const Catalogue& messages);
  // The theme the program brings, which its own tests keep good. Throws std::logic_error if it is broken.
  static std::shared_ptr<const Theme> shipped(const Catalogue& messages);

  ~Theme();
  Theme(const Theme&) = delete;
  Theme& operator=(const Theme&) = delete;

  const std::string& name() const { return name_; }

  // The asset served at /theme/`path`: "style-3f2a91c04d.css" (immutable) or "style.css". The views live as long as the theme.
  // Nothing to serve: nullopt.
  std::optional<Asset> find_asset(std::string_view path) const;
  // "/theme/style-3f2a91c04d.css" for "style.css"; empty if there is no such asset.
  std::string asset_address(std::string_view file) const;

  // A whole page. Throws std::runtime_error if the expansion fails, which a loaded theme does not.
  text::Html expand(Template page, const Model& model) const;

 private:
  struct State;
  Theme();

  std::string name_;
  std::unique_ptr<State> state_;
};

}  // namespace view
