// An invented paper with one page of every kind, for the tests of view and for whoever wants to look at a theme. Only tests
// include it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "text/escape.h"
#include "text/html.h"
#include "view/pages.h"

namespace view::example {

inline base::Time at(int day, int hour, int minute) {
  return text::TimeZone::named("Europe/Berlin")->to_time({2026, 11, day, hour, minute, 0});
}

inline news::Picture picture(std::string name, std::string what) {
  news::Picture made;
  made.address = "/media/" + name + ".svg";
  made.width = 1600;
  made.height = 900;
  made.alternative_text = std::move(what);
  made.caption = text::Html::literal("The ferry <em>Saltgate Maid</em> at the east quay, before the gale.");
  made.credit = "Ottilie Vane";
  return made;
}

inline news::Teaser teaser(int id, std::string headline, std::string standfirst, news::Link section, int comments,
                           bool with_picture) {
  news::Teaser made;
  made.id = news::ArticleId{id};
  made.headline = std::move(headline);
  made.address = "/2026/11/story-" + std::to_string(id) + "/";
  made.standfirst = std::move(standfirst);
  made.published = at(23 - id % 9, 8 + id % 11, 15);
  made.authors = {{"Nell Farraday", "/author/nell-farraday/"}};
  if (id % 3 == 0) made.authors.push_back({"Tobias Rask", "/author/tobias-rask/"});
  made.section = std::move(section);
  made.comment_count = comments;
  if (with_picture) made.lead = picture("picture-" + std::to_string(id), "A harbour in the morning, with a ferry at the quay");
  return made;
}

inline std::vector<news::Section> sections() {
  std::vector<news::Section> made;
  int id = 0;
  for (const char* name : {"News", "Harbour", "Council", "Culture", "Sport", "Opinion"}) {
    news::Section section;
    section.id = news::SectionId{++id};
    section.name = name;
    section.slug = name;
    section.address = "/category/" + std::string(name) + "/";
    made.push_back(section);
  }
  return made;
}

inline news::Link link_to(const news::Section& section) { return {section.name, section.address}; }

inline std::vector<news::Teaser> teasers(std::size_t most) {
  const auto all = sections();
  const std::vector<std::pair<const char*, const char*>> words{
      {"Ferry to the outer islands will run through the winter after all",
       "The council found 84,000 crowns in the dredging fund. The crew found out from the harbour noticeboard."},
      {"The night the tram driver stopped for a heron",
       "It stood on the points at Eel Street for eleven minutes, and nobody aboard minded."},
      {"Budget passes by a single vote, cast from a hospital bed",
       "Councillor Brask joined by telephone and said “yes” twice, to be sure."},
      {"Last wooden trawler leaves the slip it was built on",
       "Four generations stood on the quay. Only one of them had been asked to give a speech."},
      {"Hosepipes off from Thursday",
       "The reservoir stands at 41 per cent, the lowest November level since records began in 1951."},
      {"Regatta becalmed for the second year running", "Two hundred boats, no wind, and a very good day for the ice-cream boat."},
      {"An organ breathes again", "The restorers took out 1,204 pipes, one wasps’ nest and a hymn book from 1911."},
      {"Town clock is four minutes fast, and has been for years", "The clockmaker says she told them in 2019."},
      {"Why we still need the paper timetable", "A telephone cannot be read by three people at a bus stop in the rain."},
      {"Pupils read the tide better than the tables", "A class of nine-year-olds has been right 29 days out of 30."},
      {"Beet harvest comes in early and sweet", "Dry weeks in September did what no fertiliser could."},
      {"Eel ladder counts its ten-thousandth climber", "The counter was asleep. The camera was not."},
  };
  std::vector<news::Teaser> made;
  for (std::size_t i = 0; i < words.size() && made.size() < most; ++i) {
    const int id = static_cast<int>(i) + 1;
    made.push_back(
        teaser(id, words[i].first, words[i].second, link_to(all[i % all.size()]), id % 4 == 0 ? 0 : id * 7 % 23, true));
  }
  return made;
}

inline news::Article article() {
  news::Article made;
  made.id = news::ArticleId{1};
  made.status = news::ArticleStatus::published;
  made.headline = "Ferry to the outer islands will run through the winter after all";
  made.standfirst = text::Html::literal(
      "The council found 84,000 crowns in the dredging fund. The crew found out from the harbour noticeboard.");
  made.body = text::Html::literal(
      "<p>The <em>Saltgate Maid</em> will sail to Skerry and Little Holm every day until April, the harbour office said on "
      "Monday, three weeks after it "
      "had said that it would not.</p><p>About 340 people live on the two islands. Since the summer they had been promised <a "
      "href=\"/2026/11/x/\">a bus and "
      "a smaller boat</a>, of which the bus exists. “We had a meeting about it in the church,” said Merete Oduya, who keeps the "
      "shop on Skerry. “The "
      "heating was off, so it was a short meeting.”</p><h2>Where the money comes from</h2><p>The 84,000 crowns stand in the "
      "budget for dredging the east "
      "quay, which has not silted up as fast as expected. The harbour master, Lennart Quiney, called this “the first time that "
      "mud has paid for "
      "anything”.</p><blockquote><p>Nobody asked for a ferry with a bar. We asked for a ferry.</p></blockquote><p>The winter "
      "timetable differs from the summer "
      "one in the evening only:</p><table><thead><tr><th>Day</th><th>Saltgate quay</th><th>Skerry</th><th>Little "
      "Holm</th><th>Back at Saltgate</th><th>"
      "Remarks</th></tr></thead><tbody><tr><td>Weekdays</td><td>06:40</td><td>07:25</td><td>07:50</td><td>08:55</td><td>With "
      "school pupils</td></tr><tr>"
      "<td>Weekdays</td><td>17:10</td><td>17:55</td><td>18:20</td><td>19:25</td><td></td></tr><tr><td>Sundays</td><td>10:00</"
      "td><td>10:45</td><td>11:10</td>"
      "<td>12:15</td><td>Not on 25 December</td></tr></tbody></table><figure class=\"wp-caption alignright\"><img "
      "src=\"/media/small.svg\" width=\"300\" height=\"200\" "
      "alt=\"A ticket from 1974\"><figcaption>A ticket from 1974. The price has risen since.</figcaption></figure><p>Freight "
      "goes on Tuesdays and Fridays. "
      "Animals travel free if they can be held on a lap; the list of exceptions, which the office keeps at the counter, names "
      "two geese.</p><h3>What changes for "
      "commuters</h3><ul><li>Monthly tickets of the summer stay good until the end of the year.</li><li>The first boat takes "
      "bicycles, the last one does "
      "not.</li><li>If the wind stands above force 8 at six in the morning, the boat stays where it is.</li></ul><p>The office "
      "asks passengers to read the "
      "noticeboard, which is where the crew read the news as well. “I saw it on my way to hand in my keys,” said the skipper, "
      "Ansgar Thoen. “I kept the "
      "keys.”</p>");
  made.dateline = "Saltgate";
  made.published = at(23, 7, 30);
  made.updated = at(23, 16, 5);
  made.lead = picture("ferry", "A small ferry at a stone quay under a grey sky");
  made.authors = {{"Nell Farraday", "/author/nell-farraday/"}, {"Tobias Rask", "/author/tobias-rask/"}};
  made.sections = {link_to(sections()[1])};
  made.tags = {{"ferry", "/tag/ferry/"}, {"islands", "/tag/islands/"}, {"winter", "/tag/winter/"}};
  made.address = "/2026/11/ferry-through-the-winter/";
  return made;
}

inline news::Article standing_page() {
  news::Article made = article();
  made.kind = news::ArticleKind::page;
  made.headline = "About this paper";
  made.standfirst = {};
  made.lead = {};
  made.sections.clear();
  made.tags.clear();
  made.address = "/about/";
  made.body = text::Html::literal(
      "<p>The Bell has rung for Stavermouth since 1872. It is owned by those who read it.</p><h2>Write to us</h2><p>Saltgate 4, "
      "second floor. Please use the side door: the front one is a picture of a door.</p>");
  return made;
}

inline news::Article arabic_article() {
  news::Article made = article();
  made.language = "ar";
  made.headline = "العبّارة إلى الجزر تبحر طوال الشتاء";
  made.standfirst =
      text::Html::literal("وجد المجلس البلدي 84 ألف كرونة في صندوق التجريف، وعلم البحّارة بالخبر من لوحة الإعلانات في الميناء.");
  made.body = text::Html::literal(
      "<p>قال مكتب الميناء يوم الاثنين إن العبّارة «سولتغيت ميد» ستبحر كل يوم حتى أبريل، بعد ثلاثة أسابيع من قوله إنها لن "
      "تبحر.</p>"
      "<h2>من أين جاء المال</h2><p>يعيش في الجزيرتين نحو 340 شخصًا. «اجتمعنا في الكنيسة»، قالت ميريتي أودويا، «وكانت التدفئة "
      "مطفأة، فكان اجتماعًا قصيرًا».</p><blockquote><p>لم يطلب أحد عبّارة فيها مقهى. طلبنا عبّارة.</p></blockquote>");
  made.authors = {{"سلمى حداد", "/author/salma/"}};
  made.dateline = "سولتغيت";
  return made;
}

inline news::CommentView comment(int id, int depth, std::string author, text::Html body) {
  news::CommentView made;
  made.id = news::CommentId{id};
  made.depth = depth;
  made.author = std::move(author);
  made.body = std::move(body);
  made.created = at(23, 9 + id % 10, id * 7 % 60);
  return made;
}

inline news::ThreadPage thread() {
  using text::Html;
  news::ThreadPage made;
  made.comments = {
      comment(
          11, 0, "Ingrid from Skerry",
          Html::literal(
              "<p>I have taken this boat to school, to work and to my own wedding. Thank you to whoever did not dredge.</p>")),
      comment(12, 1, "Lennart Quiney", Html::literal("<p>You are welcome. It was not hard.</p>")),
      comment(13, 2, "Ingrid from Skerry", Html::literal("<p>Then please do not dredge the west quay either.</p>")),
      comment(14, 3, "P. Oduya",
              Html::literal("<blockquote><p>the west quay</p></blockquote><p>There is <a href=\"https://example.org/\" "
                            "rel=\"nofollow ugc noopener\">a plan for "
                            "the west quay</a>, from 1988.</p>")),
      comment(15, 4, "عمر", Html::literal("<p>وأنا أيضًا أستخدم هذه العبّارة كل أسبوع.</p>")),
      comment(16, 5, "Quiet Reader", Html::literal("<p>Six levels down and still polite. This is a good paper.</p>")),
      comment(17, 0, "", Html::literal("<p>Will the bar be open?</p>")),
      comment(18, 1, "", Html{}),
      comment(19, 2, "Ansgar Thoen", Html::literal("<p>There is a kettle.</p>")),
      comment(20, 0, "Skerry Community News", Html::literal("<p>[…] as the Bell reports, the boat stays […]</p>")),
      comment(21, 0, "Marit", Html::literal("<p>Finally. Now the timetable on paper, please.</p>")),
  };
  made.comments[3].website = "https://example.org/oduya";
  made.comments[7].removed = true;
  made.comments[9].kind = news::CommentKind::pingback;
  made.comments[9].website = "https://example.org/news";
  made.comments[10].status = news::CommentStatus::held;
  made.page = 1;
  made.pages = 3;
  made.total = 112;
  return made;
}

inline std::vector<news::CommentTeaser> latest_comments() {
  return {{news::CommentId{21}, "Ingrid from Skerry", "I have taken this boat to school, to work and to my own wedding.",
           "Ferry to the outer islands will run through the winter after all", "/2026/11/story-1/#comment-21", at(23, 16, 2)},
          {news::CommentId{20}, "Ansgar Thoen", "There is a kettle.",
           "Ferry to the outer islands will run through the winter after all", "/2026/11/story-1/#comment-20", at(23, 15, 2)},
          {news::CommentId{19}, "P. Oduya", "She did tell them. I was there.",
           "Town clock is four minutes fast, and has been for years", "/2026/11/story-8/#comment-19", at(22, 12, 2)}};
}

inline news::SiteSettings settings(std::string language) {
  news::SiteSettings made;
  made.title = "The Stavermouth Bell";
  made.tagline = "Everything that happens between the lighthouse and the beet fields";
  made.url = "https://bell.example";
  made.language = std::move(language);
  if (made.language == "ar") {
    made.title = "جرس ستافرماوث";
    made.tagline = "كل ما يحدث بين المنارة وحقول الشمندر";
  }
  return made;
}

inline news::SiteFrame frame() {
  news::SiteFrame made;
  made.sections = sections();
  made.pages = {{"About this paper", "/about/"}, {"Corrections", "/corrections/"}, {"Imprint", "/imprint/"}};
  return made;
}

inline FrontPage front() {
  const auto all = teasers(12);
  FrontPage made;
  made.lead = all[0];
  made.seconds = {all[1], all[2], all[3]};
  const auto names = sections();
  for (std::size_t i = 0; i < names.size(); ++i) {
    FrontBlock block{names[i], {}};
    for (std::size_t j = 0; j < 4; ++j) block.teasers.push_back(all[(i * 2 + j * 3 + 4) % all.size()]);
    made.blocks.push_back(block);
  }
  made.latest = {all.begin() + 4, all.begin() + 10};
  made.most_discussed = {all[2], all[0], all[6], all[8], all[9]};
  made.comments = latest_comments();
  return made;
}

inline ListingPage section_listing() {
  ListingPage made;
  made.kind = ListingKind::section;
  made.title = "Harbour";
  made.address = "/category/Harbour/";
  made.description = text::Html::literal("<p>Boats, tides, quays, and what the harbour office says about them.</p>");
  made.parents = {{"News", "/category/News/"}};
  made.children = {sections()[3], sections()[4]};
  made.teasers = {teasers(8), 3, 9, 170};
  return made;
}

struct Page {
  std::string name;
  text::Html html;
};

// Every kind of page and state of a page, in one language of the interface.
// Long because it is one list: a page is found where its neighbours are.
inline std::vector<Page> all_pages(const Theme& theme, const std::string& language) {
  const news::SiteSettings own = settings(language);
  const news::SiteFrame around = frame();
  const text::TimeZone zone = *text::TimeZone::named("Europe/Berlin");
  const Catalogue messages = Catalogue::of(language);
  const Site site{own, around, zone, messages, at(23, 21, 54)};

  const news::Article story = language == "ar" ? arabic_article() : article();
  const news::Article foreign = language == "ar" ? article() : arabic_article();
  const news::Article standing = standing_page();
  const news::ThreadPage talk = thread();
  const news::ThreadPage silence;
  const auto some = teasers(6);
  const std::vector<news::Teaser> related{some[3], some[4], some[5]};

  CommentForm empty_form;
  empty_form.stamp = "stamp";
  CommentForm reply = empty_form;
  reply.reply_to = talk.comments[0];
  CommentForm refused{"stamp", "", "ingrid@", "not a site", "My first line.\n\nMy second <b>paragraph</b>.", {}, "", {}};
  refused.errors = {
      {"name", "comment.name.required"}, {"email", "comment.email.invalid"}, {"website", "comment.website.invalid"}};
  CommentForm too_fast = refused;
  too_fast.errors.clear();
  too_fast.refusal = "server.unavailable";

  const news::CommentView& mine = talk.comments[10];
  const OwnComment just_posted{mine.id, {mine.status, ""}, "", {}, "", {}};

  std::vector<Page> pages;
  pages.push_back({"front", render_front(theme, site, front())});
  pages.push_back({"front-empty", render_front(theme, site, {})});
  pages.push_back(
      {"article", render_article(theme, site, {story, talk, some[1], some[2], related, {}, {}, empty_form, just_posted})});
  pages.push_back({"article-quiet", render_article(theme, site, {story, silence, some[1], some[2], {}, {}, {}, empty_form, {}})});
  pages.push_back({"article-closed", render_article(theme, site, {story, talk, some[1], {}, related, {}, {}, std::nullopt, {}})});
  pages.push_back({"article-reply", render_article(theme, site, {story, talk, some[1], some[2], related, {}, {}, reply, {}})});
  pages.push_back(
      {"article-refused", render_article(theme, site, {story, silence, some[1], some[2], related, {}, {}, refused, {}})});
  pages.push_back(
      {"article-foreign", render_article(theme, site, {foreign, silence, {}, some[2], related, {}, {}, empty_form, {}})});
  pages.push_back(
      {"page",
       render_article(theme, site, {standing, silence, {}, {}, {}, {some[0]}, {{"The paper", "/paper/"}}, std::nullopt, {}})});
  pages.push_back({"section", render_listing(theme, site, section_listing())});
  pages.push_back(
      {"date",
       render_listing(theme, site, {ListingKind::date, "", {2026, 11, 0}, "/2026/11/", {}, {}, {}, {teasers(5), 1, 1, 5}})});
  pages.push_back(
      {"search", render_search(theme, site,
                               {"ferry winter",
                                {{some[0], text::Html::literal("… the <mark>ferry</mark> will sail all <mark>winter</mark> …")},
                                 {some[3], {}}},
                                1,
                                2,
                                21})});
  pages.push_back({"search-nothing", render_search(theme, site, {"submarine", {}, 1, 1, 0})});
  pages.push_back({"search-form", render_search(theme, site, {})});
  pages.push_back({"password", render_password(theme, site, {story, "stamp", "article.password.wrong"})});
  pages.push_back({"comment-form", render_comment_form(theme, site, {story.id, {}, story.headline, story.address, too_fast})});
  pages.push_back({"not-found", render_not_found(theme, site, {"ferry", some})});
  pages.push_back({"gone", render_gone(theme, site, {some})});
  pages.push_back({"error", render_error(theme, site, {503, "server.busy"})});
  return pages;
}

}  // namespace view::example
