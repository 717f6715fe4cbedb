// The pages that say no, and what to do next.
#include "view/page_models.h"
#include "view/parts.h"

namespace view {

namespace {

Model refusal(const Site& site, const std::string& title, const std::string& why) {
  Head head;
  head.title = title;
  head.robots = Robots::noindex;
  Model model;
  add_frame(model, site, head);
  model.set("TITLE", title);
  model.set("WHY", why);
  return model;
}

void add_latest(Model& model, const Site& site, const std::vector<news::Teaser>& latest) {
  if (!latest.empty()) add_teasers(model.add("IF_LATEST"), site, "LATEST", latest);
}

}  // namespace

Model model_of(const Site& site, const NotFoundPage& page) {
  Model model = refusal(site, site.messages.text("missing.title"), site.messages.text("missing.why"));
  model.set("WORDS", page.words);
  add_latest(model, site, page.latest);
  return model;
}

Model model_of(const Site& site, const GonePage& page) {
  Model model = refusal(site, site.messages.text("article.gone.title"), site.messages.text("article.gone"));
  add_latest(model, site, page.latest);
  return model;
}

Model model_of(const Site& site, const ErrorPage& page) {
  const std::string key = page.key.empty() ? "server.failed" : page.key;
  const std::string title_key = key + ".title";
  Model model =
      refusal(site, site.messages.text(site.messages.has(title_key) ? title_key : "server.title"), site.messages.text(key));
  model.set_number("STATUS", page.status);
  return model;
}

}  // namespace view
