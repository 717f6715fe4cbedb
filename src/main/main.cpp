// The command line: what the program can be told, and the last of the three places that catch exceptions.

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <functional>

#include "base/format.h"
#include "base/heap.h"
#include "base/result.h"
#include "main/commands.h"
#include "main/manual.h"

namespace {

using base::Errc;

// 1: it could not be done; 2: the call was wrong; 3: it refers to something that is not there.
int exit_code(Errc code) {
  switch (code) {
    case Errc::invalid: return 2;
    case Errc::not_found:
    case Errc::gone: return 3;
    case Errc::unproven:
    case Errc::forbidden:
    case Errc::conflict:
    case Errc::too_many:
    case Errc::unavailable: return 1;
  }
  return 1;
}

using Command = std::function<base::Result<void>()>;

void add_folder(CLI::App& command, cli::SiteFolder& folder) {
  command.add_option("DIR", folder.root, "The site folder")->required();
}

// The options of all commands. They live as long as the parsing and the command.
struct Arguments {
  cli::InitOptions init;
  cli::ServeOptions serve;
  cli::PublishOptions publish;
  cli::ImportOptions import;
  cli::CommentsOptions comments;
  cli::ReaderOptions reader;
  cli::BackupOptions backup;
  cli::RestoreOptions restore;
  cli::DrillCall drill;
  cli::SiteFolder folder;
  bool check_thoroughly = false;
  std::string theme_name;
  Command chosen;
};

void add_init(CLI::App& app, Arguments& arguments) {
  CLI::App& command = *app.add_subcommand("init", "Make a new, empty site in a folder");
  cli::InitOptions& options = arguments.init;
  add_folder(command, options.folder);
  command.add_option("--title", options.site.title, "The name of the paper")->capture_default_str();
  command.add_option("--tagline", options.site.tagline, "A line under the name");
  command.add_option("--url", options.site.url, "Where readers will find it, like https://example.org");
  command.add_option("--timezone", options.site.timezone, "Like Europe/Berlin")->capture_default_str();
  command.add_option("--language", options.site.language, "Like en, de or ar")->capture_default_str();
  command.callback([&] { arguments.chosen = [&options] { return cli::init(options); }; });
}

void add_serve(CLI::App& app, Arguments& arguments) {
  CLI::App& command = *app.add_subcommand("serve", "Serve the site over HTTP until SIGTERM or SIGINT");
  cli::ServeOptions& options = arguments.serve;
  add_folder(command, options.folder);
  command.add_option("--listen", options.listen, "ADDRESS:PORT; port 0 takes a free one (default 127.0.0.1:8080, or http.listen of broadsheet.toml)");
  command.add_flag("--take-over", options.take_over, "Take the place of the server of this site that runs now, without losing a connection");
  command.add_option("--set", options.set, "KEY=VALUE: a setting of broadsheet.toml for this run, like comments.moderation=none; may be given several times")
      ->allow_extra_args(false);
  command.callback([&] { arguments.chosen = [&options] { return cli::serve(options); }; });
}

void add_publish(CLI::App& app, Arguments& arguments) {
  CLI::App& command = *app.add_subcommand("publish", "Publish articles from Markdown files with front matter, or new revisions of them");
  cli::PublishOptions& options = arguments.publish;
  add_folder(command, options.folder);
  command.add_option("FILE", options.articles, "Markdown files that begin with YAML between --- lines")->required();
  command.add_option("--files", options.files, "The folder in which pictures are looked for (default: beside each file)");
  command.callback([&] { arguments.chosen = [&options] { return cli::publish(options); }; });
}

void add_comment_systems(CLI::App& group, cli::ImportOptions& options, Command& chosen) {
  struct System {
    const char* name;
    const char* help;
    import_::CommentSystem system;
  };
  using import_::CommentSystem;
  static constexpr System systems[] = {
      {"disqus", "Comments from Disqus: its XML export, packed or not", CommentSystem::disqus},
      {"isso", "Comments from Isso: its SQLite database, or the JSON of its generic importer", CommentSystem::isso},
      {"remark42", "Comments from Remark42: its backup, packed or not", CommentSystem::remark42},
      {"commento", "Comments from Commento: its JSON export, packed or not", CommentSystem::commento},
      {"comentario", "Comments from Comentario: its JSON export, packed or not", CommentSystem::comentario}};
  for (const System& system : systems) {
    CLI::App& command = *group.add_subcommand(system.name, system.help);
    add_folder(command, options.folder);
    command.add_option("FILE", options.files, "The files that were exported there")->required();
    command.add_option("--report", options.report, "Write the account of every thread and comment to this file as JSON");
    command.add_option("--map", options.map,
                       "A file with lines of an old address, a tab and the new address, for articles that moved");
    command.add_option("--host", options.hosts, "Take threads of this host only; may be given several times")
        ->allow_extra_args(false);
    command.add_flag("--dry-run", options.dry_run, "Report what would happen and store nothing");
    command.callback([&options, &chosen, which = system.system] {
      chosen = [&options, which] { return cli::import_comment_system(options, which); };
    });
  }
}

void add_import(CLI::App& app, Arguments& arguments) {
  CLI::App& group = *app.add_subcommand("import", "Bring articles and comments from elsewhere; running it twice changes nothing")->require_subcommand(1);
  cli::ImportOptions& options = arguments.import;

  CLI::App& wordpress = *group.add_subcommand("wordpress", "WordPress export files (WXR 1.0 to 1.2)");
  add_folder(wordpress, options.folder);
  wordpress.add_option("FILE", options.files, "The export's XML files")->required();
  wordpress.add_option("--uploads", options.uploads, "A copy of the site's wp-content/uploads folder");
  wordpress.add_option("--report", options.report, "Write the account of every item to this file as JSON");
  wordpress.callback([&] { arguments.chosen = [&options] { return cli::import_wordpress(options); }; });

  CLI::App& comments = *group.add_subcommand("comments", "Comments as JSON lines (docs/operating.md describes the format)");
  add_folder(comments, options.folder);
  comments.add_option("FILE", options.files, "Files with one JSON object a line")->required();
  comments.add_option("--report", options.report, "Write the account of every comment to this file as JSON");
  comments.callback([&] { arguments.chosen = [&options] { return cli::import_comments(options); }; });
  add_comment_systems(group, options, arguments.chosen);
}

void add_comment_life(CLI::App& group, Arguments& arguments) {
  cli::CommentsOptions& options = arguments.comments;
  const auto command = [&](const char* name, const char* help,
                           base::Result<void> (*run)(const cli::CommentsOptions&)) -> CLI::App& {
    CLI::App& added = *group.add_subcommand(name, help);
    add_folder(added, options.folder);
    added.callback([&arguments, &options, run] { arguments.chosen = [&options, run] { return run(options); }; });
    return added;
  };
  command("publish", "Show comments to everybody, or the edit that waits", cli::publish_comments)
      .add_option("ID", options.seen, "Numbers as `comments list` and `comments edits` show them: 17, or 17.2 for an edited text")
      ->required();
  command("refuse-edit", "Keep the text that is shown; the edit that waits is not published", cli::refuse_edits)
      .add_option("ID", options.seen, "Numbers as `comments edits` shows them")
      ->required();
  command("edits", "Show edits that wait for a moderator", cli::list_comment_edits)
      .add_option("--most", options.most, "How many at the most")
      ->capture_default_str();
  CLI::App& history = command("history", "Show every text that a comment had", cli::show_comment_history);
  history.add_option("ID", options.ids, "The comment's number")->required()->expected(1);
  history.add_flag("--json", options.json, "One JSON array instead of text for people");
  CLI::App& reports = command("reports", "Show what readers reported, until a moderator decides", cli::list_comment_reports);
  reports.add_flag("--json", options.json, "One JSON array instead of lines for people");
  reports.add_option("--most", options.most, "How many at the most")->capture_default_str();
}

void add_marks(CLI::App& group, Arguments& arguments) {
  cli::CommentsOptions& options = arguments.comments;
  struct Verb {
    const char* name;
    const char* help;
    desk::Mark mark;
    cli::MarkChange change;
  };
  static constexpr Verb verbs[] = {
      {"pin", "Show comments at the head of their thread", desk::Mark::pinned, cli::MarkChange::set},
      {"unpin", "Show them in their place alone", desk::Mark::pinned, cli::MarkChange::clear},
      {"pick", "Mark comments as picked by the editors", desk::Mark::picked, cli::MarkChange::set},
      {"unpick", "Take that mark away", desk::Mark::picked, cli::MarkChange::clear},
      {"mark-author", "Mark comments as written by the article's author", desk::Mark::by_author, cli::MarkChange::set},
      {"unmark-author", "Take that mark away", desk::Mark::by_author, cli::MarkChange::clear}};
  for (const Verb& verb : verbs) {
    CLI::App& command = *group.add_subcommand(verb.name, verb.help);
    add_folder(command, options.folder);
    command.add_option("ID", options.ids, "The comments' numbers")->required();
    command.callback(
        [&] { arguments.chosen = [&options, &verb] { return cli::mark_comments(options, verb.mark, verb.change); }; });
  }
}

void add_comments(CLI::App& app, Arguments& arguments) {
  CLI::App& group = *app.add_subcommand("comments", "List comments and decide on them")->require_subcommand(1);
  cli::CommentsOptions& options = arguments.comments;

  CLI::App& list = *group.add_subcommand("list", "Show comments, the newest first");
  add_folder(list, options.folder);
  list.add_option("--status", options.status, "published, held, spam, rejected or deleted (default: all)");
  list.add_flag("--json", options.json, "One JSON array instead of lines for people");
  list.add_option("--most", options.most, "How many at the most")->capture_default_str();
  list.callback([&] { arguments.chosen = [&options] { return cli::list_comments(options); }; });

  struct Verb {
    const char* name;
    const char* help;
    news::CommentStatus status;
  };
  static constexpr Verb verbs[] = {{"hold", "Put comments back to those that wait for a moderator", news::CommentStatus::held},
                                   {"spam", "Mark comments as spam", news::CommentStatus::spam},
                                   {"reject", "Keep comments from being shown", news::CommentStatus::rejected}};
  for (const Verb& verb : verbs) {
    CLI::App& command = *group.add_subcommand(verb.name, verb.help);
    add_folder(command, options.folder);
    command.add_option("ID", options.ids, "The comments' numbers, as `comments list` shows them")->required();
    command.callback([&] { arguments.chosen = [&options, status = verb.status] { return cli::moderate_comments(options, status); }; });
  }
  add_comment_life(group, arguments);
  add_marks(group, arguments);
}

void add_reader(CLI::App& app, Arguments& arguments) {
  CLI::App& group = *app.add_subcommand("reader", "What a reader may ask for: everything held about them, or its end")->require_subcommand(1);
  cli::ReaderOptions& options = arguments.reader;

  CLI::App& take = *group.add_subcommand("export", "Everything that is held under an address, as JSON");
  add_folder(take, options.folder);
  take.add_option("EMAIL", options.email, "The reader's address, as they wrote their comments with")->required();
  take.add_option("--output", options.output, "A new file for it, readable by you alone (default: standard output)");
  take.callback([&] { arguments.chosen = [&options] { return cli::export_reader(options); }; });

  CLI::App& erase = *group.add_subcommand("erase", "Forget a reader, with nothing left behind");
  add_folder(erase, options.folder);
  erase.add_option("EMAIL", options.email, "The reader's address, as they wrote their comments with")->required();
  erase.add_option("--comments", options.comments, "keep-text: they stay, without a name; remove: nothing of them stays")->capture_default_str();
  erase.callback([&] { arguments.chosen = [&options] { return cli::erase_reader(options); }; });
}

void add_check_and_theme(CLI::App& app, Arguments& arguments) {
  CLI::App& check = *app.add_subcommand("check", "Examine database, media and permalinks; says what it found and changes nothing");
  add_folder(check, arguments.folder);
  check.add_flag("--thorough", arguments.check_thoroughly, "Also compare the database's indexes with its tables; takes several times as long");
  check.callback([&] {
    arguments.chosen = [&arguments] {
      return cli::check(arguments.folder, arguments.check_thoroughly ? desk::Thoroughness::thorough : desk::Thoroughness::quick);
    };
  });

  CLI::App& theme = *app.add_subcommand("theme", "Themes")->require_subcommand(1);
  CLI::App& copy = *theme.add_subcommand("copy", "Copy the shipped theme into the site folder, to be edited there");
  add_folder(copy, arguments.folder);
  copy.add_option("NAME", arguments.theme_name, "The new theme's name; set site.theme to it afterwards")->required();
  copy.callback([&] { arguments.chosen = [&arguments] { return cli::copy_theme(arguments.folder, arguments.theme_name); }; });
}

// Not shown in the help: it is for whoever builds a package.
void add_manual(CLI::App& app, Arguments& arguments) {
  CLI::App& command = *app.add_subcommand("man", "Write the manual page in troff on standard output")->group("");
  command.callback([&] {
    arguments.chosen = [&app]() -> base::Result<void> {
      std::fputs(cli::write_manual(app).c_str(), stdout);
      return {};
    };
  });
}

void add_backup(CLI::App& app, Arguments& arguments) {
  CLI::App& backup = *app.add_subcommand("backup", "Write the whole site into one file, also while it is served");
  add_folder(backup, arguments.backup.folder);
  backup.add_option("FILE", arguments.backup.file, "Ends with .tar, .tar.gz or .tar.zst; must not exist yet")->required();
  backup.add_flag("--without-secrets", arguments.backup.without_secrets, "Leave the secret key out: without it, sealed emails cannot be opened");
  backup.callback([&] { arguments.chosen = [&arguments] { return cli::back_up(arguments.backup); }; });

  CLI::App& verify = *app.add_subcommand("verify", "Read a backup and compare every hash; writes nothing");
  verify.add_option("FILE", arguments.backup.file, "The backup")->required();
  verify.callback([&] { arguments.chosen = [&arguments] { return cli::verify_backup(arguments.backup.file); }; });

  CLI::App& restore = *app.add_subcommand("restore", "Make a site folder from a backup");
  restore.add_option("FILE", arguments.restore.file, "The backup")->required();
  restore.add_option("DIR", arguments.restore.folder.root, "The folder to make; it must not exist yet, or be empty")->required();
  restore.callback([&] { arguments.chosen = [&arguments] { return cli::restore_backup(arguments.restore); }; });
}

void add_drill(CLI::App& app, Arguments& arguments) {
  CLI::App& command = *app.add_subcommand("drill", "Take a backup, restore it elsewhere, check that and compare its pages with the original's");
  cli::DrillCall& call = arguments.drill;
  add_folder(command, call.folder);
  command.add_option("--pages", call.pages, "How many pages to compare, chosen at random")->capture_default_str();
  command.add_flag("--all", call.all_pages, "Compare every page");
  command.add_option("--keep", call.keep_as, "Keep the backup as this file");
  command.add_option("--in", call.scratch, "Where to work: a folder with room for the site twice (default: the site folder)");
  command.add_option("--report", call.report, "Add the result to this file as one line of JSON");
  command.callback([&] { arguments.chosen = [&call] { return cli::drill(call); }; });
}

}  // namespace

int main(int argc, char** argv) {
  base::settle_heap();
  CLI::App app("Broadsheet: a news site in one program", "broadsheet");
  app.set_version_flag("--version", BROADSHEET_VERSION);
  app.require_subcommand(1);
  Arguments arguments;
  add_init(app, arguments);
  add_serve(app, arguments);
  add_publish(app, arguments);
  add_import(app, arguments);
  add_comments(app, arguments);
  add_reader(app, arguments);
  add_check_and_theme(app, arguments);
  add_backup(app, arguments);
  add_drill(app, arguments);
  add_manual(app, arguments);
  app.footer(cli::exit_codes_text);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  try {
    const base::Result<void> result = arguments.chosen();
    if (result) return 0;
    std::fputs(base::format("broadsheet: {}\n", result.error().key).c_str(), stderr);
    return exit_code(result.error().code);
  } catch (const std::exception& error) {
    std::fputs(base::format("broadsheet: it stopped because of an unexpected fault: {}\n", error.what()).c_str(), stderr);
    return 1;
  }
}
