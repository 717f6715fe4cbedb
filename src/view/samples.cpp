#include "view/samples.h"

#include "text/escape.h"
#include "view/page_models.h"

namespace view {

namespace {

using text::Html;

// Hostile on purpose: what a text may hold must be harmless wherever a theme puts it.
const std::string sample_text = "Sample <b>\"text\"</b> & 'more'";
const Html sample_html = Html::literal("<p>Sample</p>");
const base::Time sample_time = base::from_unix(1'795'000'000);

std::optional<news::Picture> sample_picture() {
  return news::Picture{news::MediaId{1}, "/sample.svg", 1200, 675, sample_text, Html::literal("Sample"), sample_text};
}

news::Teaser sample_teaser() {
  news::Teaser teaser;
  teaser.status = news::ArticleStatus::password_protected;
  teaser.headline = sample_text;
  teaser.address = "/sample/";
  teaser.standfirst = sample_text;
  teaser.language = "ar";
  teaser.published = sample_time;
  teaser.lead = sample_picture();
  teaser.authors = {{sample_text, "/author/a/"}, {sample_text, "/author/b/"}};
  teaser.section = news::Link{sample_text, "/section/"};
  teaser.comment_count = 2;
  return teaser;
}

news::Section sample_section() {
  news::Section section;
  section.name = sample_text;
  section.address = "/section/";
  section.description = sample_html;
  return section;
}

news::Article sample_article() {
  news::Article article;
  article.id = news::ArticleId{1};
  article.status = news::ArticleStatus::published;
  article.headline = sample_text;
  article.standfirst = Html::literal("Sample");
  article.body = sample_html;
  article.dateline = sample_text;
  article.language = "ar";
  article.published = sample_time;
  article.updated = sample_time + base::Seconds{3600};
  article.lead = sample_picture();
  article.authors = {{sample_text, "/author/a/"}, {sample_text, "/author/b/"}};
  article.sections = {{sample_text, "/section/"}};
  article.tags = {{sample_text, "/tag/a/"}, {sample_text, "/tag/b/"}};
  article.address = "/sample/";
  return article;
}

news::CommentView sample_comment(int id, int depth) {
  news::CommentView comment;
  comment.id = news::CommentId{id};
  comment.depth = depth;
  comment.author = sample_text;
  comment.body = sample_html;
  comment.created = sample_time;
  return comment;
}

news::ThreadPage sample_thread() {
  news::ThreadPage thread;
  thread.comments = {sample_comment(1, 0), sample_comment(2, 1), sample_comment(3, 1), sample_comment(4, 0),
                     sample_comment(5, 1)};
  thread.comments[1].website = "https://example.org";
  thread.comments[2].status = news::CommentStatus::held;
  thread.comments[3].removed = true;
  thread.comments[4].kind = news::CommentKind::pingback;
  thread.comments[0].edited = sample_time;
  thread.comments[0].avatar = "0123456789abcdef0123";
  thread.comments[0].quote = "Sample";
  thread.comments[1].quote = sample_text;
  thread.comments[0].marks = {.pinned = true, .picked = true, .by_author = true, .by_staff = true};
  thread.pinned = {thread.comments[0]};
  thread.comments[0].folded_after = thread.comments[2].id;
  thread.comments[3].folded_after = thread.comments[4].id;
  thread.page = thread.part.page = 3;
  thread.pages = 9;
  thread.total = 4;
  thread.roots = 2;
  return thread;
}

news::ThreadPage sample_part(const news::ThreadPart& part) {
  news::ThreadPage thread = sample_thread();
  thread.part = part;
  thread.next = news::CommentId{4};
  return thread;
}

CommentForm sample_form() {
  CommentForm form{"stamp",     sample_text, sample_text, sample_text, sample_text, {}, "comment.too_fast", sample_comment(1, 0),
                   sample_html, true,        sample_text};
  for (const char* field : {"name", "email", "website", "comment", "quote", "stamp"})
    form.errors.push_back({field, "comment.name.required"});
  return form;
}

news::SiteFrame sample_frame() {
  news::SiteFrame frame;
  frame.sections = {sample_section()};
  frame.menu = {{sample_text, "/", 0}, {sample_text, "/section/", 0}, {sample_text, "/below/", 1}};
  frame.pages = {{sample_text, "/about/"}};
  return frame;
}

FrontPage sample_front() {
  const news::Teaser teaser = sample_teaser();
  return {teaser,   {teaser}, {{sample_section(), {teaser, teaser}}},
          {teaser}, {teaser}, {{news::CommentId{1}, sample_text, sample_text, sample_text, "/sample/#comment-1", sample_time}},
          true};
}

ListingPage sample_listing() {
  ListingPage page;
  page.kind = ListingKind::section;
  page.title = sample_text;
  page.address = "/section/";
  page.description = sample_html;
  page.parents = {{sample_text, "/above/"}};
  page.children = {sample_section()};
  page.teasers = {{sample_teaser()}, 3, 9, 170};
  return page;
}

OwnComment sample_own(news::CommentStatus status) {
  return {news::CommentId{3}, {status, "moderation.first"}, "/comment/edit?grant=x",
          sample_time,        "/comment/delete?grant=x",    sample_html};
}

void add_task_samples(std::vector<SamplePage>& samples, const Site& site) {
  CommentTaskPage page{.task = CommentTask::edit,
                       .headline = sample_text,
                       .address = "/sample/",
                       .comment = sample_comment(1, 0),
                       .grant = "grant",
                       .text = sample_text,
                       .reason = "spam",
                       .problem = "comment.too_fast",
                       .preview = sample_html};
  for (const CommentTask task : {CommentTask::edit, CommentTask::remove, CommentTask::report}) {
    page.task = task;
    samples.push_back({Template::comment_task, model_of(site, page)});
  }
  page.is_done = true;
  samples.push_back({Template::comment_task, model_of(site, page)});
}

void add_article_samples(std::vector<SamplePage>& samples, const Site& site) {
  const news::ThreadPage thread = sample_thread();
  const news::Teaser teaser = sample_teaser();
  const std::vector<news::Link> ancestors{{sample_text, "/above/"}};
  news::Article article = sample_article();
  samples.push_back({Template::article, model_of(site, ArticlePage{article,
                                                                   thread,
                                                                   teaser,
                                                                   teaser,
                                                                   {teaser},
                                                                   {teaser},
                                                                   ancestors,
                                                                   sample_form(),
                                                                   sample_own(news::CommentStatus::held)})});
  samples.push_back(
      {Template::article,
       model_of(site,
                ArticlePage{article, thread, {}, {}, {}, {}, {}, sample_form(), sample_own(news::CommentStatus::rejected)})});
  samples.push_back(
      {Template::article,
       model_of(site,
                ArticlePage{article, thread, {}, {}, {}, {}, {}, sample_form(), sample_own(news::CommentStatus::deleted)})});
  add_task_samples(samples, site);
  samples.push_back({Template::password, model_of(site, PasswordPage{article, "stamp", "article.password.wrong"})});
  CommentForm plain = sample_form();
  plain.reply_to.reset();
  samples.push_back({Template::comment_form, model_of(site, CommentFormPage{article.id, {}, sample_text, "/sample/", plain})});
  samples.push_back({Template::article, model_of(site, ArticlePage{article, thread, {}, {}, {}, {}, {}, CommentForm{}, {}})});
  for (const news::ThreadPage& other :
       {sample_part({.order = news::ThreadOrder::best}), sample_part({.branch = news::CommentId{1}})})
    samples.push_back({Template::article, model_of(site, ArticlePage{article, other, {}, {}, {}, {}, {}, CommentForm{}, {}})});
  article.kind = news::ArticleKind::page;
  samples.push_back(
      {Template::page, model_of(site, ArticlePage{article, thread, {}, {}, {}, {teaser}, ancestors, std::nullopt, {}})});
}

void add_reader_samples(std::vector<SamplePage>& samples, const Site& site) {
  using Kind = ReaderPage::Kind;
  for (const Kind kind : {Kind::sign_in, Kind::sent, Kind::confirm, Kind::signed_in, Kind::follow, Kind::followed, Kind::unfollow,
                          Kind::unfollowed, Kind::refused}) {
    const ReaderPage page{
        kind, "key", sample_text, "comment.email.invalid", "reader.link.wrong", sample_text, {{sample_text, "/sample/", "key"}}};
    samples.push_back({Template::reader, model_of(site, page)});
  }
}

}  // namespace

std::vector<SamplePage> sample_pages() {
  news::SiteSettings settings;
  settings.title = sample_text;
  settings.tagline = sample_text;
  settings.url = "https://example.org";
  settings.sends_mail = true;
  const news::SiteFrame frame = sample_frame();
  const text::TimeZone zone = text::TimeZone::utc();
  const Catalogue messages = Catalogue::of("en");
  const Site site{settings, frame, zone, messages, sample_time};

  std::vector<SamplePage> samples;
  samples.push_back({Template::front, model_of(site, sample_front())});
  samples.push_back({Template::front, model_of(site, FrontPage{})});
  samples.push_back({Template::listing, model_of(site, sample_listing())});
  samples.push_back({Template::listing, model_of(site, ListingPage{})});
  samples.push_back({Template::search,
                     model_of(site, SearchPage{sample_text, {{sample_teaser(), Html::literal("<mark>a</mark>")}}, 3, 9, 170})});
  add_article_samples(samples, site);
  add_reader_samples(samples, site);
  samples.push_back({Template::not_found, model_of(site, NotFoundPage{sample_text, {sample_teaser()}})});
  samples.push_back({Template::gone, model_of(site, GonePage{{sample_teaser()}})});
  samples.push_back({Template::error, model_of(site, ErrorPage{503, "server.busy"})});
  return samples;
}

}  // namespace view
