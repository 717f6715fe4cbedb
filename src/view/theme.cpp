#include "view/theme.h"

#include <ctemplate/template_cache.h>
#include <ctemplate/template_dictionary_interface.h>
#include <ctemplate/template_modifiers.h>

#include <algorithm>
#include <array>
#include <iostream>
#include <list>
#include <map>
#include <mutex>
#include <optional>
#include <sstream>
#include <stdexcept>

#include "base/format.h"
#include "text/escape.h"
#include "text/trusted_html.h"
#include "view/samples.h"
#include "view/template_check.h"
#include "view/template_source.h"
#include "view/theme_files.h"

namespace view {

namespace {

constexpr std::array<std::string_view, 12> file_of_template{"front",  "listing",   "search",       "article",
                                                            "page",   "password",  "comment_form", "comment_task",
                                                            "reader", "not_found", "gone",         "error"};
constexpr std::string_view asset_folder = "/theme/";

// Escaping by context for the whole page: the text in front of it belongs to nobody's file, so a theme can't leave it out.
constexpr std::string_view escape_everything = "{{%AUTOESCAPE context=\"HTML\"}}";
constexpr ctemplate::Strip strip = ctemplate::STRIP_BLANK_LINES;

void register_modifier() {
  // What it passes unchanged is Html by type (Scope::safe), in a place where Html may stand (template_check.h).
  static const bool once = ctemplate::AddXssSafeModifier("x-html", &ctemplate::null_modifier);
  if (!once) throw std::logic_error("the modifier x-html is taken");
}

// FNV-1a: names the content of an asset, and nobody is kept out by it.
std::string hash_of(std::string_view content) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const char c : content) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return base::format("{:010x}", hash & 0xFFFFFFFFFFULL);
}

// The library reports faults on std::cerr alone. One theme is read at a time, so nobody else's are taken for its own.
class HeardErrors {
 public:
  HeardErrors() : lock_(mutex()), before_(std::cerr.rdbuf(heard_.rdbuf())) {}
  ~HeardErrors() { std::cerr.rdbuf(before_); }
  HeardErrors(const HeardErrors&) = delete;
  HeardErrors& operator=(const HeardErrors&) = delete;

  // On one line each, without the library's own preamble.
  std::string take() {
    std::string said = heard_.str();
    heard_.str({});
    for (std::size_t at = 0; (at = said.find("ERROR: ", at)) != std::string::npos;) said.erase(at, 7);
    for (char& c : said) c = c == '\n' ? ' ' : c;
    return said;
  }

 private:
  static std::mutex& mutex() {
    static std::mutex one;
    return one;
  }
  std::ostringstream heard_;
  std::lock_guard<std::mutex> lock_;
  std::streambuf* before_;
};

void collect_names(const Model& model, Names& names) {
  for (const auto& text : model.texts()) names.texts.emplace(text.name);
  for (const auto& markup : model.markups()) names.markups.emplace(markup.name);
  for (const auto& section : model.sections()) {
    names.sections.emplace(section.name);
    for (const Model& turn : section.turns) collect_names(turn, names);
  }
}

// Pages are expanded from the model itself: it is read where it lies, and nothing of it is copied. The template library asks for
// one name after the other; a name that a turn of a section lacks is looked for in what stands around the section.
//
// What one expansion shares.
struct Expansion {
  const std::vector<std::string_view>& unescaped;  // names that the theme prints as they are
  std::list<std::string> kept = {};
};

class Scope final : public ctemplate::TemplateDictionaryInterface {
 public:
  Scope(Expansion& expansion, const Model& model, const Scope* around) : expansion_(expansion), model_(model), around_(around) {}

 private:
  class Turns;  // of one section

  static std::string_view view_of(const ctemplate::TemplateString& name) { return {name.data(), name.size()}; }
  static ctemplate::TemplateString borrow(std::string_view value) { return {value.data(), value.size()}; }

  // What was set last counts.
  template <class Named>
  static const Named* find_last(const std::vector<Named>& all, std::string_view name) {
    const auto found = std::find_if(all.rbegin(), all.rend(), [&](const Named& one) { return one.name == name; });
    return found == all.rend() ? nullptr : &*found;
  }
  std::optional<std::string_view> find_value(std::string_view name) const {
    if (const Model::Markup* markup = find_last(model_.markups(), name)) return markup->value.string();
    if (const Model::Text* text = find_last(model_.texts(), name)) return safe(*text);
    return std::nullopt;
  }
  // A theme prints a name unescaped because a model once said it is Html; a text under such a name is a bug, and stays a text.
  std::string_view safe(const Model::Text& text) const {
    const auto& unescaped = expansion_.unescaped;
    if (std::find(unescaped.begin(), unescaped.end(), text.name) == unescaped.end()) return text.value;
    return expansion_.kept.emplace_back(text::escape(text.value).string());
  }
  // With the scope that it stands in.
  std::pair<const Scope*, const Model::Section*> find_section(std::string_view name) const {
    for (const Scope* scope = this; scope != nullptr; scope = scope->around_) {
      for (const Model::Section& section : scope->model_.sections()) {
        if (section.name == name) return {scope, &section};
      }
    }
    return {};
  }

  ctemplate::TemplateString GetValue(const ctemplate::TemplateString& name) const override {
    for (const Scope* scope = this; scope != nullptr; scope = scope->around_) {
      if (const auto value = scope->find_value(view_of(name))) return borrow(*value);
    }
    return borrow("");
  }
  bool IsHiddenSection(const ctemplate::TemplateString& name) const override {
    return find_section(view_of(name)).second == nullptr;
  }
  bool IsUnhiddenSection(const ctemplate::TemplateString& name) const override { return !IsHiddenSection(name); }
  // Asked for only after it was said not to be hidden; deleted by whoever asks.
  Iterator* CreateSectionIterator(const ctemplate::TemplateString& name) const override;
  // Templates are one text each, without includes (compose).
  bool IsHiddenTemplate(const ctemplate::TemplateString&) const override { return true; }
  const char* GetIncludeTemplateName(const ctemplate::TemplateString&, int) const override { return ""; }
  Iterator* CreateTemplateIterator(const ctemplate::TemplateString& name) const override { return CreateSectionIterator(name); }
  void DumpToString(std::string*, int) const override {}

  Expansion& expansion_;
  const Model& model_;
  const Scope* around_;
};

class Scope::Turns final : public Scope::Iterator {
 public:
  Turns(const Scope& owner, const std::list<Model>& turns) : owner_(owner), next_(turns.begin()), end_(turns.end()) {}
  bool HasNext() const override { return next_ != end_; }
  const TemplateDictionaryInterface& Next() override { return present_.emplace(owner_.expansion_, *next_++, &owner_); }

 private:
  const Scope& owner_;
  std::list<Model>::const_iterator next_;
  std::list<Model>::const_iterator end_;
  std::optional<Scope> present_;
};

Scope::Iterator* Scope::CreateSectionIterator(const ctemplate::TemplateString& name) const {
  static const std::list<Model> none;
  const auto [owner, section] = find_section(view_of(name));
  return std::make_unique<Turns>(owner ? *owner : *this, section ? section->turns : none).release();
}

// A line's indentation is of use to the author of a theme alone.
void append_literal(std::string& out, std::string_view literal) {
  bool at_start = false;
  for (const char c : literal) {
    if (at_start && (c == ' ' || c == '\t')) continue;
    out += c;
    at_start = c == '\n';
  }
}

}  // namespace

struct Theme::State {
  struct StoredAsset {
    std::string content;
    std::string hash;
    std::string type;
    std::string address;
  };

  std::map<std::string, StoredAsset, std::less<>> assets;  // by file
  std::map<std::string, std::string, std::less<>> hashed;  // "style-3f2a91c04d.css" to its file
  Names names;
  std::vector<std::string_view> unescaped;  // those of names that are markup
  mutable ctemplate::TemplateCache cache;

  void take_assets(const ThemeFiles& files);
  std::string compose(const std::vector<Part>& parts, const CheckedTemplate& checked, const Catalogue& messages,
                      std::vector<std::string>& faults) const;
  void compile(const ThemeFiles& files, std::size_t page, const Catalogue& messages, std::vector<std::string>& faults);
  bool expand(std::string_view file, const Model& model, std::string& out) const;
};

void Theme::State::take_assets(const ThemeFiles& files) {
  for (const auto& [path, file] : files) {
    const std::string_view type = asset_type(path);
    if (type.empty()) continue;
    const std::string hash = hash_of(file.content);
    const auto dot = path.rfind('.');
    const std::string with_hash = path.substr(0, dot) + "-" + hash + path.substr(dot);
    assets.emplace(path, StoredAsset{file.content, hash, std::string(type), std::string(asset_folder) + with_hash});
    hashed.emplace(with_hash, path);
  }
}

// The page as the library gets it: one text without includes, in which interface texts and addresses of assets are already filled
// in.
std::string Theme::State::compose(const std::vector<Part>& parts, const CheckedTemplate& checked, const Catalogue& messages,
                                  std::vector<std::string>& faults) const {
  std::string source(escape_everything);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const Part& part = parts[i];
    switch (part.kind) {
      case PartKind::literal: append_literal(source, part.value); break;
      case PartKind::text: source += "{{" + part.value + (checked.keeps_lines.contains(i) ? ":p}}" : "}}"); break;
      case PartKind::markup: source += "{{" + part.value + ":x-html}}"; break;
      case PartKind::section_begin: source += "{{#" + part.value + "}}"; break;
      case PartKind::section_end: source += "{{/" + part.value + "}}"; break;
      case PartKind::message:
        if (!messages.has(part.value))
          faults.push_back(
              fault_at(part.origin, part.line, base::format("there is no text of the interface \"{}\"", part.value)));
        source += text::escape(messages.text(part.value)).string();
        break;
      case PartKind::asset: {
        const auto asset = assets.find(part.value);
        if (asset == assets.end())
          faults.push_back(fault_at(part.origin, part.line, base::format("there is no asset {}", part.value)));
        source += asset == assets.end() ? "/" : text::escape(asset->second.address).string();
        break;
      }
    }
  }
  return source;
}

void Theme::State::compile(const ThemeFiles& files, std::size_t page, const Catalogue& messages,
                           std::vector<std::string>& faults) {
  const std::string file(file_of_template[page]);
  TemplateSource source = read_template(files, file);
  const CheckedTemplate checked = check_template(source.parts, names);
  source.faults.insert(source.faults.end(), checked.faults.begin(), checked.faults.end());
  const std::string text = compose(source.parts, checked, messages, source.faults);
  if (source.faults.empty()) {
    HeardErrors heard;
    const std::string origin = files.find(file + ".tpl")->second.origin;
    if (!cache.StringToTemplateCache(file, text, strip)) source.faults.push_back(base::format("{}: {}", origin, heard.take()));
  }
  // A fault in an included file is one fault, however many pages include it.
  for (std::string& fault : source.faults) {
    if (std::find(faults.begin(), faults.end(), fault) == faults.end()) faults.push_back(std::move(fault));
  }
}

bool Theme::State::expand(std::string_view file, const Model& model, std::string& out) const {
  Expansion expansion{unescaped};
  const Scope page(expansion, model, nullptr);
  return cache.ExpandNoLoad(ctemplate::TemplateString(file.data(), file.size()), strip, &page, nullptr, &out);
}

Theme::Theme() : state_(std::make_unique<State>()) {}
Theme::~Theme() = default;

base::Result<std::shared_ptr<const Theme>> Theme::load(std::string_view name, const std::filesystem::path& folder,
                                                       const Catalogue& messages) {
  register_modifier();
  const ThemeFiles files = TRY(read_theme_files(name, folder));
  std::shared_ptr<Theme> theme(new Theme);
  theme->name_ = name;
  State& state = *theme->state_;
  state.take_assets(files);

  const std::vector<SamplePage> samples = sample_pages();
  for (const SamplePage& sample : samples) collect_names(sample.model, state.names);
  state.unescaped.assign(state.names.markups.begin(), state.names.markups.end());

  std::vector<std::string> faults;
  if (!state.assets.contains("style.css")) faults.push_back("there is no style.css");
  for (std::size_t page = 0; page < file_of_template.size(); ++page) state.compile(files, page, messages, faults);
  state.cache.Freeze();
  if (faults.empty()) {
    HeardErrors heard;
    for (const SamplePage& sample : samples) {
      const std::string_view file = file_of_template[static_cast<std::size_t>(sample.page)];
      std::string out;
      if (!state.expand(file, sample.model, out))
        faults.push_back(base::format("themes/{}/{}.tpl: {}", name, file, heard.take()));
    }
  }
  if (faults.empty()) return std::shared_ptr<const Theme>(std::move(theme));

  std::string all;
  for (const std::string& fault : faults) all += (all.empty() ? "" : "\n") + fault;
  return base::Error{base::Errc::invalid, std::move(all), {}};
}

std::shared_ptr<const Theme> Theme::shipped(const Catalogue& messages) {
  auto theme = load("default", {}, messages);
  if (!theme) throw std::logic_error("the shipped theme is broken: " + theme.error().key);
  return *std::move(theme);
}

std::optional<Asset> Theme::find_asset(std::string_view path) const {
  const auto named = state_->hashed.find(path);
  const auto found = state_->assets.find(named == state_->hashed.end() ? path : std::string_view(named->second));
  if (found == state_->assets.end()) return std::nullopt;
  return Asset{found->second.content, found->second.type, found->second.hash, named != state_->hashed.end()};
}

std::string Theme::asset_address(std::string_view file) const {
  const auto found = state_->assets.find(file);
  return found == state_->assets.end() ? std::string() : found->second.address;
}

text::Html Theme::expand(Template page, const Model& model) const {
  // Pages grow in a buffer that stays, and leave it at their own size: they may be kept for long.
  constexpr std::size_t kept_bytes = 256 * 1024;
  thread_local std::string buffer;
  buffer.clear();
  if (buffer.capacity() > kept_bytes) buffer = std::string();
  buffer.reserve(kept_bytes);
  if (!state_->expand(file_of_template[static_cast<std::size_t>(page)], model, buffer)) {
    throw std::runtime_error(base::format("the theme {} could not make a page", name_));
  }
  return text::TemplateExpansion::take(std::string(buffer));
}

}  // namespace view
