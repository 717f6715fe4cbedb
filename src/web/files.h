// Files: the theme's assets, the newsroom's media, and the few small ones that a site has at its root. Never serves a path that
// leaves the media folder, and nothing in an uploaded file runs.
#pragma once

#include "web/site_parts.h"
#include "web/visit.h"

namespace web {

MadePage show_theme_file(SiteParts& parts, const Visit& visit);
// /avatar/KEY.svg: the picture of whoever the opaque id stands for. Asks no database, so it cannot tell whether there is anybody.
MadePage show_avatar(SiteParts& parts, const Visit& visit);
// The media at this address, or the plain file below media/ that /media/… names. Only where there is none is it a page that the
// client has made.
MadePage show_media(SiteParts& parts, const Visit& visit);
// The same for an address of another shape, which counted as a page before it was looked up.
MadePage show_moved_media(SiteParts& parts, const Visit& visit);
MadePage show_robots(SiteParts& parts, const Visit& visit);
MadePage show_icon(SiteParts& parts, const Visit& visit);     // /favicon.svg: the first letter of the title
MadePage show_no_icon(SiteParts& parts, const Visit& visit);  // /favicon.ico

}  // namespace web
