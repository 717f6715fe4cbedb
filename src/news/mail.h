// Mails to readers and moderators: what each kind says, and how many may be sent. Pure; addresses of mail stand in none of these.
#pragma once

#include <string>
#include <vector>

#include "base/time.h"
#include "news/ids.h"

namespace news {

// The numbers stand in the database.
enum class MailKind {
  sign_in = 1,  // the link that signs a reader in
  follow = 2,   // the question whether they want mails about replies
  reply = 3,    // somebody answered
  held = 4,     // to moderators: comments are waiting
};

// One comment in the list that moderators get.
struct HeldLine {
  CommentId id;
  std::string headline;  // of its article
  std::string author;
  std::string excerpt;
};

// What a mail says, as it is known at the moment when it is sent. Plain text; paths as addresses.
struct Letter {
  MailKind kind = MailKind::sign_in;
  std::string language;     // of the person who gets it
  std::string headline;     // of the article; not in sign_in and held
  std::string address;      // where its link leads
  std::string author;       // reply: who wrote
  std::string excerpt;      // reply: what they wrote
  std::string unsubscribe;  // reply: the path that ends them
  std::vector<HeldLine> held;
  int held_total = 0;
};

// How many mails of a kind were made in the last hour, counted along each line.
struct MailCounts {
  int to_recipient = 0;  // of this kind, to this address
  int by_actor = 0;      // of any kind, caused from this network address
  int on_article = 0;    // of this kind, about this article
  int to_recipient_on_article = 0;
};

// False: the bound of the hour is reached along one of the lines, and no mail is made.
bool may_mail(MailKind kind, const MailCounts& last_hour);

// After so many attempts a mail is given up.
inline constexpr int most_mail_attempts = 10;
// How long to wait after the attempt of this number (1 is the first): longer each time, up to six hours. `chance` from 0 to 1
// makes it up to a quarter shorter or longer, so that mails that failed together do not come back together.
base::Seconds wait_after_attempt(int attempt, double chance);

}  // namespace news
