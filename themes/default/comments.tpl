{{! The thread under an article: lists within lists, opened and closed by each comment's turn. }}
{{#IF_DISCUSSION}}
<section class="comments" id="comments" data-article="{{DISCUSSED_ID}}" data-total="{{DISCUSSED_TOTAL}}" data-texts="{{SCRIPT_TEXTS}}">
<script src="{{asset comments.js}}" defer></script>
<div id="discussion">
<h2>{{COMMENTS_HEADING}}</h2>
{{#IF_DELETED}}<p class="held" role="status">{{t comment.deleted}}</p>{{/IF_DELETED}}
{{#IF_PINNED}}
<aside class="pinned" aria-label="{{t comments.pinned}}">
<h3 class="label">{{t comments.pinned}}</h3>
{{#PINNED}}<div class="comment">
<p><b class="who" dir="auto">{{AUTHOR}}</b> <a class="when" href="{{COMMENT_ADDRESS}}"><time datetime="{{WRITTEN_ISO}}">{{WRITTEN}}</time></a></p>
<div class="said" dir="auto">{{COMMENT:x-html}}</div>
</div>{{/PINNED}}
</aside>
{{/IF_PINNED}}
{{#IF_BRANCH}}<p class="notice">{{t comments.branch}} <a href="{{WHOLE_THREAD}}">{{t comments.whole}}</a></p>{{/IF_BRANCH}}
{{#IF_ORDERS}}<nav class="pages" aria-label="{{t comments.orders}}"><ul>{{#ORDERS}}<li>{{#IF_THIS_ORDER}}<a href="{{ORDER_ADDRESS}}" aria-current="true">{{ORDER}}</a>{{/IF_THIS_ORDER}}{{#IF_OTHER_ORDER}}<a href="{{ORDER_ADDRESS}}" rel="nofollow">{{ORDER}}</a>{{/IF_OTHER_ORDER}}</li>{{/ORDERS}}</ul></nav>{{/IF_ORDERS}}
{{#IF_THREAD}}
<form id="votes" action="/comment/vote" method="post"></form>
{{#COMMENTS}}
{{#IF_FIRST_LIST}}<ol class="thread">{{/IF_FIRST_LIST}}{{#IF_DEEPER}}<details class="replies" open><summary>{{REPLY_COUNT}}</summary><ol class="thread">{{/IF_DEEPER}}{{#SHALLOWER}}</li></ol></details>{{/SHALLOWER}}{{#IF_FOLDED}}<p class="more"><a href="{{FOLDED_ADDRESS}}" rel="nofollow">{{FOLDED_TEXT}}</a></p>{{/IF_FOLDED}}{{#IF_SIBLING}}</li>{{/IF_SIBLING}}
<li id="comment-{{COMMENT_ID}}"{{#IF_OWN}} class="own"{{/IF_OWN}}>
{{#IF_SHOWN}}<div class="comment">
<header>{{#IF_AVATAR}}<img class="face" src="/avatar/{{AVATAR}}.svg" width="36" height="36" alt="" loading="lazy">{{/IF_AVATAR}}{{#IF_LETTER}}<span class="face face-{{COLOUR}}" aria-hidden="true">{{INITIAL}}</span>{{/IF_LETTER}}
<div>{{#IF_PINGBACK}}<span class="mark">{{t comment.pingback}}</span> {{/IF_PINGBACK}}<b class="who" dir="auto">{{#IF_WEBSITE}}<a href="{{WEBSITE}}" rel="nofollow ugc noopener">{{AUTHOR}}</a>{{/IF_WEBSITE}}{{#IF_NO_WEBSITE}}{{AUTHOR}}{{/IF_NO_WEBSITE}}</b>
{{#IF_BY_AUTHOR}}<span class="badge">{{t comment.by_author}}</span> {{/IF_BY_AUTHOR}}{{#IF_BY_STAFF}}<span class="badge">{{t comment.by_staff}}</span> {{/IF_BY_STAFF}}{{#IF_PICKED}}<span class="badge picked">{{t comment.picked}}</span> {{/IF_PICKED}}
<a class="when" href="{{COMMENT_ADDRESS}}"><time datetime="{{WRITTEN_ISO}}">{{WRITTEN}}</time></a>{{#IF_EDITED}} <small class="edited">{{t comment.edited}} <time datetime="{{EDITED_ISO}}">{{EDITED}}</time></small>{{/IF_EDITED}}</div></header>
{{#IF_HELD}}<p class="held">{{t comment.held}} {{WHY_HELD}}</p>{{/IF_HELD}}
{{#IF_REJECTED}}<p class="held">{{t comment.rejected}}</p>{{/IF_REJECTED}}
{{#IF_QUOTE}}<figure class="passage"><blockquote dir="auto">{{QUOTE}}</blockquote><figcaption>{{#IF_PASSAGE}}<a href="{{PASSAGE_ADDRESS}}" rel="nofollow">{{t comment.quote.place}}</a>{{/IF_PASSAGE}}{{#IF_NO_PASSAGE}}{{t comment.quote.gone}}{{/IF_NO_PASSAGE}}</figcaption></figure>{{/IF_QUOTE}}
<div class="said" dir="auto">{{COMMENT:x-html}}</div>
{{#IF_EDIT_WAITS}}<div class="held"><p>{{t comment.edit.waits}}</p><div class="said" dir="auto">{{WAITING:x-html}}</div></div>{{/IF_EDIT_WAITS}}
<p class="actions">{{#IF_REPLY}}<a href="{{REPLY_ADDRESS}}" rel="nofollow" aria-label="{{REPLY_LABEL}}">{{t comment.reply}}</a>{{/IF_REPLY}}
{{#IF_VOTES}}<span class="votes"><button class="vote" form="votes" name="up" value="{{COMMENT_ID}}" aria-label="{{UP_LABEL}}">▲ {{UP}}</button><button class="vote" form="votes" name="down" value="{{COMMENT_ID}}" aria-label="{{DOWN_LABEL}}">▼ {{DOWN}}</button></span>{{/IF_VOTES}}
{{#IF_MAY_EDIT}}<a href="{{EDIT_ADDRESS}}" rel="nofollow">{{t comment.edit}}</a> <small>{{EDIT_UNTIL}}</small>{{/IF_MAY_EDIT}}
{{#IF_MAY_DELETE}}<a href="{{DELETE_ADDRESS}}" rel="nofollow">{{t comment.delete}}</a>{{/IF_MAY_DELETE}}
{{#IF_REPORT}}<a class="quiet" href="{{REPORT_ADDRESS}}" rel="nofollow" aria-label="{{REPORT_LABEL}}">{{t comment.report}}</a>{{/IF_REPORT}}</p>
</div>{{/IF_SHOWN}}
{{#IF_REMOVED}}<p class="removed">{{t comment.removed}}</p>{{/IF_REMOVED}}
{{/COMMENTS}}
{{#THREAD_END}}</li></ol></details>{{/THREAD_END}}{{#IF_END_FOLDED}}<p class="more"><a href="{{FOLDED_ADDRESS}}" rel="nofollow">{{FOLDED_TEXT}}</a></p>{{/IF_END_FOLDED}}
</li></ol>
{{/IF_THREAD}}
{{#IF_MORE_COMMENTS}}<p class="more"><a href="{{MORE_ADDRESS}}" rel="nofollow">{{MORE_TEXT}}</a></p>{{/IF_MORE_COMMENTS}}
{{>pages}}
{{#IF_CLOSED}}<p class="notice">{{t comment.closed}}</p>{{/IF_CLOSED}}
</div>
{{>form}}
</section>
{{/IF_DISCUSSION}}
