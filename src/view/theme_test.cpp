#include "view/theme.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "view/example_site.h"

namespace {

namespace fs = std::filesystem;

// A site's own theme folder with a few files in it.
class OwnTheme {
 public:
  OwnTheme()
      : folder_(fs::temp_directory_path() / ("broadsheet-theme-" + std::to_string(::getpid()) + "-" + std::to_string(++made_))) {
    fs::create_directories(folder_);
  }
  ~OwnTheme() { fs::remove_all(folder_); }

  OwnTheme& with(const std::string& file, std::string_view content) {
    fs::create_directories((folder_ / file).parent_path());
    std::ofstream(folder_ / file, std::ios::binary) << content;
    return *this;
  }
  auto load(std::string_view name = "mine") const { return view::Theme::load(name, folder_, view::Catalogue::of("en")); }
  // The reason for which gone.tpl with this in it is refused; empty if it is not.
  static std::string refusal(std::string_view markup) {
    OwnTheme theme;
    theme.with("gone.tpl", "<html>\n" + std::string(markup));
    auto loaded = theme.load();
    return loaded ? std::string() : loaded.error().key;
  }

 private:
  static inline int made_ = 0;
  fs::path folder_;
};

std::string gone_page(const view::Theme& theme, const std::string& headline = "Latest") {
  const news::SiteSettings settings = view::example::settings("en");
  const news::SiteFrame frame;
  const text::TimeZone zone = text::TimeZone::utc();
  const view::Catalogue messages = view::Catalogue::of("en");
  news::Teaser teaser;
  teaser.headline = headline;
  teaser.address = "/a/";
  return view::render_gone(theme, {settings, frame, zone, messages, {}}, {{teaser}}).string();
}

TEST(Theme, The_shipped_one_is_good) {
  for (const auto& language : view::Catalogue::languages()) EXPECT_NO_THROW(view::Theme::shipped(view::Catalogue::of(language)));
}

TEST(Theme, A_site_changes_one_file_and_keeps_the_rest) {
  OwnTheme own;
  own.with("gone.tpl",
           "<!doctype html><title>x</title><p>{{t article.gone.title}}: "
           "{{#IF_LATEST}}{{#LATEST}}{{HEADLINE}}{{/LATEST}}{{/IF_LATEST}}");
  auto theme = own.load();
  ASSERT_TRUE(theme) << theme.error().key;
  EXPECT_EQ(gone_page(**theme, "A & B"), "<!doctype html><title>x</title><p>This article was taken down: A &amp; B");
  EXPECT_EQ((*theme)->name(), "mine");
}

TEST(Theme, A_folder_of_the_shipped_name_lies_over_the_shipped_files) {
  OwnTheme own;
  own.with("style.css", "body { color: red }");
  auto theme = own.load("default");
  ASSERT_TRUE(theme) << theme.error().key;
  EXPECT_EQ((*theme)->find_asset("style.css")->content, "body { color: red }");
}

TEST(Theme, A_theme_that_is_nowhere_is_refused_with_its_remedy) {
  auto theme = view::Theme::load("nowhere", "/nonexistent/themes/nowhere", view::Catalogue::of("en"));
  ASSERT_FALSE(theme);
  EXPECT_EQ(theme.error().key, "there is no theme \"nowhere\": put its files into themes/nowhere/, or set theme = \"default\"");
}

TEST(Theme, A_fault_is_named_with_file_and_line) {
  EXPECT_EQ(OwnTheme::refusal("<p>\n{{HEADLNE}}</p>"),
            "themes/mine/gone.tpl, line 3: {{HEADLNE}} is no name that a page has (docs/themes.md lists them)");
  EXPECT_EQ(OwnTheme::refusal("{{#IF_LATEST}}"), "themes/mine/gone.tpl, line 2: {{#IF_LATEST}} is never closed");
  EXPECT_EQ(OwnTheme::refusal("{{>nothing}}"), "themes/mine/gone.tpl, line 2: there is no file nothing.tpl");
  EXPECT_EQ(OwnTheme::refusal("{{t no.such.key}}"),
            "themes/mine/gone.tpl, line 2: there is no text of the interface \"no.such.key\"");
}

TEST(Theme, A_fault_in_a_file_that_many_pages_include_is_told_once) {
  OwnTheme own;
  own.with("end.tpl", "{{OOPS}}</main></body></html>");
  auto theme = own.load();
  ASSERT_FALSE(theme);
  EXPECT_EQ(theme.error().key, "themes/mine/end.tpl, line 1: {{OOPS}} is no name that a page has (docs/themes.md lists them)");
}

TEST(Theme, Files_that_include_themselves_are_refused) {
  OwnTheme own;
  own.with("a.tpl", "{{>b}}").with("b.tpl", "{{>a}}").with("gone.tpl", "{{>a}}");
  auto theme = own.load();
  ASSERT_FALSE(theme);
  EXPECT_NE(theme.error().key.find("includes itself"), std::string::npos);
}

// Each of these would let text become markup or code, or would be blocked by the Content-Security-Policy.
TEST(Theme, What_escaping_cannot_make_safe_is_refused) {
  for (const char* markup : {
           "{{TITLE:none}}",
           "{{TITLE:h}}",
           "{{TITLE:x-html}}",
           "{{#IF_LATEST}}{{#LATEST}}<a href={{ADDRESS}}>x</a>{{/LATEST}}{{/IF_LATEST}}",
           "<a {{TITLE}}>x</a>",
           "<{{TITLE}}>",
           "<img srcset=\"{{TITLE}} 2x\" alt=\"\">",
           "<iframe srcdoc=\"{{TITLE}}\"></iframe>",
           "<svg><a xlink:href=\"{{TITLE}}\"></a></svg>",
           "<svg><text>{{TITLE}}</text></svg>",
           "<script>alert(1)</script>",
           "<script>{{TITLE}}</script>",
           "<script src=\"/theme/x.js\"></scripted>{{TITLE}}</script>",
           "<script src=\"/theme/x.js\">alert(1)</script>",
           "<style>p { color: red }</style>",
           "<p onclick=\"alert(1)\">x</p>",
           "<p ONCLICK=\"alert(1)\">x</p>",
           "<p style=\"color: red\">x</p>",
           "<base href=\"https://example.org/\">",
           "<meta http-equiv=\"refresh\" content=\"0;url={{TITLE}}\">",
           "<object data=\"{{TITLE}}\"></object>",
           "<template>{{TITLE}}</template>",
           "<noscript>{{TITLE}}</noscript>",
           "<a href=\"java{{TITLE}}\">x</a>",
           "<a href=\" {{TITLE}}\">x</a>",
           "<a href=\"{{TITLE}}{{TITLE}}\">x</a>",
           "<a href=\"{{#IF_LATEST}}/x{{/IF_LATEST}}{{TITLE}}\">x</a>",
           "<a href=\"{{t nav.home}}\">x</a>",
           "<!-- {{TITLE}} -->",
           "{{#IF_LATEST}}<p title=\"{{/IF_LATEST}}\">x</p>",
           "{{#IF_LATEST}}<p {{/IF_LATEST}}title=\"x\">x</p>",
           "<button formaction=\"{{TITLE}}\">x</button>",
           "<a ping=\"{{TITLE}}\" href=\"/\">x</a>",
           "<p o{{#IF_LATEST}}nclick=\"x\"{{/IF_LATEST}}>x</p>",
           "<i{{#IF_LATEST}}frame{{/IF_LATEST}}>x</p>",
           "{{%AUTOESCAPE context=\"JAVASCRIPT\"}}",
           "{{=<% %>=}}",
           "{{TITLE",
           "{{>../../etc/passwd}}",
       }) {
    const std::string reason = OwnTheme::refusal(markup);
    EXPECT_TRUE(reason.starts_with("themes/mine/gone.tpl, line 2: ")) << markup << " gave: " << reason;
  }
}

TEST(Theme, Html_is_not_printed_where_tags_are_text_or_attributes_are) {
  for (const char* markup : {"<textarea>{{BODY:x-html}}</textarea>", "<title>{{BODY:x-html}}</title>",
                             "<p title=\"{{BODY:x-html}}\">x</p>", "<p>{{BODY}}</p>", "<svg>{{BODY:x-html}}</svg>"}) {
    EXPECT_NE(OwnTheme::refusal(markup), "") << markup;
  }
  EXPECT_EQ(OwnTheme::refusal("<p>{{BODY:x-html}}</p>"), "");
}

TEST(Theme, What_is_safe_is_allowed) {
  for (const char* markup : {
           "<p title=\"a {{TITLE}} b\">{{TITLE}}</p>",
           "<p{{#IF_LATEST}} class=\"x\"{{/IF_LATEST}}>x</p>",
           "<p class=\"a{{#IF_LATEST}} b{{/IF_LATEST}}\">x</p>",
           "<a href=\"/a?b={{TITLE}}#c\">x</a>",
           "<script src=\"/theme/x.js\" defer></script>",
           "<svg viewBox=\"0 0 1 1\"><path d=\"M0 0h1\"/></svg>",
           "<input required{{#IF_LATEST}} autofocus{{/IF_LATEST}}>",
           "<!-- a note -->",
           "<input type=checkbox disabled value='{{TITLE}}'>",
           "{{! a note }}",
       }) {
    EXPECT_EQ(OwnTheme::refusal(markup), "") << markup;
  }
}

TEST(Theme, An_address_that_would_run_code_becomes_none) {
  OwnTheme own;
  own.with("gone.tpl", "{{#IF_LATEST}}{{#LATEST}}<a href=\"{{HEADLINE}}\">x</a>{{/LATEST}}{{/IF_LATEST}}");
  auto theme = own.load();
  ASSERT_TRUE(theme) << theme.error().key;
  for (const char* evil : {"javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,<script>", "vbscript:x",
                           "java\nscript:alert(1)", " javascript:alert(1)", "\x01javascript:alert(1)"}) {
    EXPECT_EQ(gone_page(**theme, evil).find("script:"), std::string::npos) << evil << " gave " << gone_page(**theme, evil);
  }
  EXPECT_EQ(gone_page(**theme, "/a?b=c&d"), "<a href=\"/a?b=c&amp;d\">x</a>");
}

TEST(Theme, A_text_under_a_name_that_is_printed_as_Html_is_escaped_all_the_same) {
  OwnTheme own;
  own.with("gone.tpl", "{{BODY:x-html}}");
  auto theme = own.load();
  ASSERT_TRUE(theme);
  view::Model model;
  model.set("BODY", std::string("<script>"));
  EXPECT_EQ((*theme)->expand(view::Template::gone, model).string(), "&lt;script&gt;");
}

TEST(Theme, Assets_are_served_under_a_name_that_changes_with_their_content) {
  OwnTheme first;
  first.with("style.css", "a{}").with("pictures/paper.svg", "<svg/>").with("notes.md", "secret");
  OwnTheme second;
  second.with("style.css", "b{}");
  auto one = first.load();
  auto other = second.load();
  ASSERT_TRUE(one && other);
  EXPECT_NE((*one)->asset_address("style.css"), (*other)->asset_address("style.css"));
  const std::string address = (*one)->asset_address("pictures/paper.svg");
  ASSERT_TRUE(address.starts_with("/theme/pictures/paper-")) << address;
  const auto asset = (*one)->find_asset(address.substr(7));
  ASSERT_TRUE(asset);
  EXPECT_EQ(asset->content, "<svg/>");
  EXPECT_EQ(asset->type, "image/svg+xml");
  EXPECT_TRUE(asset->immutable);
  EXPECT_FALSE((*one)->find_asset("style.css")->immutable);
  for (const char* nothing : {"notes.md", "gone.tpl", "../gone.tpl", "", "style-0000000000.css"})
    EXPECT_FALSE((*one)->find_asset(nothing)) << nothing;
}

TEST(Theme, Pages_name_the_style_sheet_by_its_content) {
  const auto theme = view::Theme::shipped(view::Catalogue::of("en"));
  EXPECT_NE(gone_page(*theme).find("href=\"" + theme->asset_address("style.css") + "\""), std::string::npos);
}

}  // namespace
