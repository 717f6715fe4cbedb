// A reader's own pages. Their address of mail stands in one of them only: the form that gives back what was just typed.
#include "view/page_models.h"
#include "view/parts.h"

namespace view {
namespace {

std::string key_of(ReaderPage::Kind kind) {
  switch (kind) {
    case ReaderPage::Kind::sign_in: return "reader";
    case ReaderPage::Kind::sent: return "reader.sent";
    case ReaderPage::Kind::confirm: return "reader.confirm";
    case ReaderPage::Kind::signed_in: return "reader.signed_in";
    case ReaderPage::Kind::follow: return "reader.follow";
    case ReaderPage::Kind::followed: return "reader.followed";
    case ReaderPage::Kind::unfollow: return "reader.unfollow";
    case ReaderPage::Kind::unfollowed: return "reader.unfollowed";
    case ReaderPage::Kind::refused: return "reader.refused";
  }
  return "reader";
}

void add_email_form(Model& model, const Site& site, const ReaderPage& page) {
  Model& form = model.add("IF_EMAIL_FORM");
  form.set("EMAIL_VALUE", page.email);
  if (!page.email_error.empty()) form.add("IF_EMAIL_ERROR").set("EMAIL_ERROR", site.messages.text(page.email_error));
}

void add_follows(Model& model, const Site& site, const ReaderPage& page) {
  if (page.follows.empty()) return;
  Model& list = model.add("IF_FOLLOWS");
  for (const ReaderPage::Followed& followed : page.follows) {
    Model& turn = list.add("FOLLOWS");
    turn.set("HEADLINE", followed.headline);
    turn.set("ADDRESS", followed.address);
    turn.set("KEY", followed.key);
    turn.set("UNFOLLOW_LABEL", site.messages.text("reader.unfollow.this") + ": " + followed.headline);
  }
}

}  // namespace

Model model_of(const Site& site, const ReaderPage& page) {
  using Kind = ReaderPage::Kind;
  const std::string key = key_of(page.kind);
  Head head;
  head.title = site.messages.text(key + ".title");
  head.robots = Robots::noindex;
  Model model;
  add_frame(model, site, head);
  model.set("TITLE", head.title);
  model.set_if_any("REFUSAL", "IF_REFUSAL", page.refusal.empty() ? std::string() : site.messages.text(page.refusal));
  const std::string text_key = page.kind == Kind::sign_in ? "reader.why" : key;
  if (page.kind != Kind::refused) model.set_if_any("TEXT", "IF_TEXT", site.messages.text(text_key));
  if (!page.name.empty()) model.add("IF_NAME").set("NAME", site.messages.text("reader.signed_in.as", {{"name", page.name}}));
  if (page.kind == Kind::sign_in) add_email_form(model, site, page);
  if (page.kind == Kind::confirm) model.add("IF_CONFIRM").set("KEY", page.key);
  if (page.kind == Kind::follow) model.add("IF_FOLLOW").set("KEY", page.key);
  if (page.kind == Kind::unfollow) model.add("IF_UNFOLLOW").set("KEY", page.key);
  add_follows(model, site, page);
  model.show_if(page.kind == Kind::signed_in, "IF_SIGN_OUT");
  model.show_if(page.kind == Kind::refused, "IF_AGAIN");
  return model;
}

}  // namespace view
